package dev.callqueue.examples.linkcheck;

/**
 * Something that links lead to, and that is looked at once.
 *
 * @param id its row in the database; rises in the order in which targets were found
 * @param url normalised, without fragment
 * @param depth how many links away from where the check began
 * @param kind what is to be done with it
 */
record Target(long id, String url, int depth, Kind kind) {
    /** What is to be done with a target. */
    enum Kind {
        /** Part of the site: is downloaded and, if it is a page, parsed, and its links are followed. */
        SITE,
        /** Outside the site, and only asked for. */
        EDGE,
        /** Part of the site, but more links away than one wants to go, and only asked for. */
        DEEP,
        /** Known and counted, but left alone. */
        SKIPPED
    }

    /** Scheme, host and port: whom a request for this target bothers. */
    String origin() {
        return url.substring(0, url.indexOf('/', "https://".length()));
    }
}
