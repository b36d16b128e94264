/** The same contenders under JMH: {@code bin/benchmark --jmh -prof gc Sync}. */
@NullMarked
package dev.callqueue.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
