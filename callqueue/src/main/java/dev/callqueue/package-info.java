/**
 * Call a function on the thread that owns the state, from any other thread, as if it were a normal call: the value comes
 * back, the exception comes back, and the call always ends.
 *
 * <p>{@link dev.callqueue.CallQueue} is where calls are received, {@link dev.callqueue.CallTarget} where they are made;
 * {@link dev.callqueue.Call} is one of them, {@link dev.callqueue.Harvest} many.
 *
 * <h2>Memory consistency effects</h2>
 *
 * <ul>
 *   <li>What a thread did before it made a call <i>happens-before</i> the call begins.
 *   <li>What a call did <i>happens-before</i> anybody sees that it has ended: its caller, who takes its item from a
 *       harvest, its dependent stages, the sink of late results.
 *   <li>What a thread did before it closed a queue <i>happens-before</i> a {@code receive…} returns because of it.
 * </ul>
 *
 * <p>Unless it is said otherwise, {@code null} as an argument throws {@link java.lang.NullPointerException}, before
 * anything has changed.
 */
package dev.callqueue;
