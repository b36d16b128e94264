package dev.callqueue.examples.linkcheck;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a link checker wants to know of a page.
 *
 * @param links each link once, in the order of the page, without those that lead {@link Link.Elsewhere elsewhere}
 * @param anchors what a fragment can name: ids, and names of {@code a} elements
 * @param warning what was odd about the page but did not hinder reading it
 */
record Page(List<Link> links, Set<String> anchors, Optional<String> warning) {}
