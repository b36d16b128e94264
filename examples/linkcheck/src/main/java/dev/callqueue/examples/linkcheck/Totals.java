package dev.callqueue.examples.linkcheck;

/**
 * What a database holds already when a run begins.
 *
 * @param nanos how long the runs before this one took
 */
record Totals(int known, int done, int pages, int broken, long nanos) {}
