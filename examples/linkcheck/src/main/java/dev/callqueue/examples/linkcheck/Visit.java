package dev.callqueue.examples.linkcheck;

/**
 * One look at a target: what came out, and which consumer did it when.
 *
 * @param consumer the thread that did it
 * @param startedNanos since the check began
 * @param tookNanos until the outcome was known
 */
record Visit(Target target, int attempt, Outcome outcome, String consumer, long startedNanos, long tookNanos) {}
