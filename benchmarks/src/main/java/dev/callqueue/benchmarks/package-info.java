/** The command {@code bin/benchmark}: measures callqueue beside its peers, in the same run. */
@NullMarked
package dev.callqueue.benchmarks;

import org.jspecify.annotations.NullMarked;
