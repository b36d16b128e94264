/** What is measured: each scenario is one question, asked of several contenders in the same run. */
@NullMarked
package dev.callqueue.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
