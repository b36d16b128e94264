/**
 * The table of faults: each fault is brought about again and again, and what comes of it is measured and held against its
 * target. {@link dev.callqueue.soak.Soak} is the command.
 */
@NullMarked
package dev.callqueue.soak;

import org.jspecify.annotations.NullMarked;
