package dev.callqueue.examples.linkcheck;

/**
 * A site to be checked.
 *
 * @param input as given on the command line
 * @param origin scheme, host and port of the site, empty if the input is no URL
 * @param url where to begin, or the input if it is no URL
 */
record Start(String input, String origin, String url) {}
