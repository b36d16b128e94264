/** The traps: one small program each. */
@NullMarked
package dev.callqueue.examples.museum.traps;

import org.jspecify.annotations.NullMarked;
