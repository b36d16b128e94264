/**
 * A museum of traps for threads that call each other.
 *
 * <p>A {@link dev.callqueue.examples.museum.Trap trap} is a small program. It runs with each
 * {@link dev.callqueue.examples.museum.Contender contender}, in threads that are
 * {@link dev.callqueue.examples.museum.Stage watched}, and what it {@link dev.callqueue.examples.museum.Finding finds} is
 * computed from what its callers got, never known beforehand.
 */
@NullMarked
package dev.callqueue.examples.museum;

import org.jspecify.annotations.NullMarked;
