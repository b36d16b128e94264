package dev.callqueue.examples.linkcheck;

/**
 * The acknowledgement that visits are in the database, and what they came to.
 *
 * @param found targets that were not known before
 * @param broken links that turned out to be broken
 */
record Saved(int found, int broken) {}
