/**
 * The ways to have something run on another thread that are compared: callqueue, what people use today, and the limits that
 * the machine sets. Each is used as its own documentation shows, and as lean as it allows.
 */
@NullMarked
package dev.callqueue.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
