package dev.callqueue.examples.linkcheck;

/**
 * What a report has to know of the run, beyond what is in the database.
 *
 * @param consumers how many targets were worked on at once, at most
 * @param nanos how long the check took, with the runs before this one
 * @param isComplete false if the check was stopped
 * @param maxPages the limit of pages
 * @param maxDepth the limit of depth
 */
record Run(int consumers, long nanos, boolean isComplete, int maxPages, int maxDepth) {}
