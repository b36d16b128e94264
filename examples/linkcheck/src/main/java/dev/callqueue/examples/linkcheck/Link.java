package dev.callqueue.examples.linkcheck;

/** Where a reference on a page leads, once it is resolved. */
sealed interface Link {
    /**
     * To a resource that can be asked for.
     *
     * @param url the normalised URL, without fragment: two links to the same resource have the same one
     * @param fragment what follows the {@code #}, as in the page, or the empty string
     */
    record Web(String url, String fragment) implements Link {}

    /** Nowhere that a link checker could follow: a mail address, a script, data within the page. */
    record Elsewhere(String scheme) implements Link {}

    /** Nowhere at all: the text is no URL. */
    record Malformed(String text, String problem) implements Link {}
}
