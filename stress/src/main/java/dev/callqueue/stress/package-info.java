/**
 * Races of two steps in the life of a call, for jcstress: two actors each, because on a machine with two processors
 * jcstress leaves out those with more and says nothing.
 */
@NullMarked
package dev.callqueue.stress;

import org.jspecify.annotations.NullMarked;
