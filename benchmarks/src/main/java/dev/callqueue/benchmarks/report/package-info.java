/** What people get to see: goals met and not met, tables, charts. */
@NullMarked
package dev.callqueue.benchmarks.report;

import org.jspecify.annotations.NullMarked;
