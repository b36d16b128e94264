/** The two example programs of the Python recipes that callqueue comes from, in Java. */
@NullMarked
package dev.callqueue.examples.recipes;

import org.jspecify.annotations.NullMarked;
