/**
 * The contract of a {@link dev.callqueue.CallTarget} as JUnit tests: one property per test, named for the promise.
 *
 * {@snippet class="dev.callqueue.testkit.EventLoopTest" region="adapter" lang="java"}
 *
 * <p>Who has a target of his own – a queue on the loop of some toolkit, say – describes it as a
 * {@link dev.callqueue.testkit.TargetUnderTest} and extends {@link dev.callqueue.testkit.CallTargetContract}, which has all that
 * holds for every target. What holds only for some has a contract of its own:
 *
 * <ul>
 *   <li>{@link dev.callqueue.testkit.DeadlockContract} for a target of which it is known which threads run its calls,
 *   <li>{@link dev.callqueue.testkit.RefusingContract} and {@link dev.callqueue.testkit.WaitingContract} for a target with
 *       room for only so many calls,
 *   <li>{@link dev.callqueue.testkit.HeldLockContract} for threads of which the JVM tells what lock they wait for,
 *   <li>{@link dev.callqueue.testkit.GoneContract} for a target whose thread or loop can end,
 *   <li>{@link dev.callqueue.testkit.AbandonedContract} for a target whose threads do not refer to its queue.
 * </ul>
 *
 * <p>A test owns its {@link dev.callqueue.testkit.Threads}: at its end no thread and no call is left. One that hangs is
 * ended, and tells where all threads and calls are.
 */
package dev.callqueue.testkit;
