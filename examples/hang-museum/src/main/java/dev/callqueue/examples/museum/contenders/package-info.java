/** The systems that are put into the traps, each used as its users would. */
@NullMarked
package dev.callqueue.examples.museum.contenders;

import org.jspecify.annotations.NullMarked;
