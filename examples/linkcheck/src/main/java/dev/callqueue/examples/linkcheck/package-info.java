/**
 * A checker for broken links, built on call queues.
 *
 * <p>Three kinds of threads, and no lock in the whole program:
 *
 * <ul>
 *   <li>the main thread alone owns the state of the crawl ({@link dev.callqueue.examples.linkcheck.Crawl}): everything
 *       that happens elsewhere reaches it as a call into its own queue;
 *   <li>the consumers of one queue download and parse pages ({@link dev.callqueue.examples.linkcheck.Fetcher}), and are
 *       harvested as they end;
 *   <li>the consumer of another queue alone holds the database ({@link dev.callqueue.examples.linkcheck.Store}).
 * </ul>
 */
@NullMarked
package dev.callqueue.examples.linkcheck;

import org.jspecify.annotations.NullMarked;
