/**
 * A web server on the loopback address, for sites that lie in a directory or a jar, which can be as jerky as a real
 * one.
 */
@NullMarked
package dev.callqueue.examples.linkcheck.server;

import org.jspecify.annotations.NullMarked;
