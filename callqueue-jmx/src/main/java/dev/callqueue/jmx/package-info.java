/**
 * The queues of a JVM, for management tools: {@link dev.callqueue.jmx.CallQueues} registers a bean, {@link
 * dev.callqueue.jmx.PrintCalls} prints its report from outside.
 */
@NullMarked
package dev.callqueue.jmx;

import org.jspecify.annotations.NullMarked;
