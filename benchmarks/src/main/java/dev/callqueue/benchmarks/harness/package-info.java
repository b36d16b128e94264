/**
 * The interleaved harness: short bursts of all contenders in turn, many rounds, in one JVM, so that whatever disturbs the
 * machine disturbs all of them, and the ratio within a round says more than any absolute figure.
 */
@NullMarked
package dev.callqueue.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
