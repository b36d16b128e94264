package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that may be interrupted while they run, and that nothing else is interrupted for their sake. */
class InterruptibleTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CallQueue queue = threads.owner("owner");

    private boolean waitForInterrupt() {
        begun.countDown();
        try {
            interrupted.complete(new Semaphore(0).tryAcquire(LONG.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            interrupted.complete(true);
        }
        return true;
    }

    @Test
    void aCallThatNobodyInterruptsReturnsItsValue() {
        assertEquals(1, queue.interruptible().call(() -> 1));
        assertEquals(2, queue.interruptible().submit(() -> 2).result());
    }

    @Test
    void cancelInterruptsTheRunningCallIfItIsAskedTo() throws Exception {
        Call<Boolean> call = queue.interruptible().submit(this::waitForInterrupt);
        begun.await();

        assertTrue(call.cancel(true));

        assertTrue(interrupted.join());
        assertFalse(queue.call(() -> Thread.currentThread().isInterrupted()));
    }

    @Test
    void aTimeoutInterruptsTheRunningCall() {
        boolean neverRan;
        do {
            neverRan = assertThrows(
                            CallTimeoutException.class,
                            () -> queue.interruptible().within(SHORT).call(this::waitForInterrupt))
                    .withdrawn();
        } while (neverRan);

        assertTrue(interrupted.join());
        assertFalse(queue.call(() -> Thread.currentThread().isInterrupted()));
    }

    @Test
    void anInterruptOfTheCallerInterruptsTheRunningCall() throws Exception {
        var caller = threads.start(
                "caller",
                () -> assertThrows(
                        CallInterruptedException.class,
                        () -> queue.interruptible().call(this::waitForInterrupt)));
        begun.await();

        caller.thread().interrupt();

        assertTrue(interrupted.join());
        caller.result();
    }

    @Test
    void withoutAskingARunningCallIsLeftAlone() throws Exception {
        Gate gate = threads.gate();
        Call<Boolean> plain = queue.submit(() -> passAndLook(gate));
        gate.awaitArrival();
        plain.cancel(true);
        gate.open();
        assertFalse(interrupted.join());
    }

    @Test
    void cancelWithoutTheWishToInterruptLeavesTheRunningCallAlone() {
        Gate gate = threads.gate();
        Call<Boolean> call = queue.interruptible().submit(() -> passAndLook(gate));
        gate.awaitArrival();

        call.cancel(false);
        gate.open();

        assertFalse(interrupted.join());
    }

    private boolean passAndLook(Gate gate) {
        gate.pass();
        return interrupted.complete(Thread.currentThread().isInterrupted());
    }

    @Test
    void aCallThatRunsInTheThreadMeanwhileIsNotInterrupted() {
        CallQueue other = threads.owner("other");
        Gate gate = threads.gate();
        var inside = new CompletableFuture<Boolean>();

        Call<Boolean> outer = queue.interruptible().submit(() -> {
            try {
                other.call(() -> queue.call(() -> {
                    gate.pass();
                    return inside.complete(Thread.currentThread().isInterrupted());
                }));
            } catch (CallInterruptedException whileItWaited) {
                assertTrue(Thread.currentThread().isInterrupted());
            }
            return interrupted.complete(Thread.currentThread().isInterrupted());
        });
        gate.awaitArrival();
        outer.cancel(true);
        gate.open();

        assertFalse(inside.join(), "reached a call of the chain");
        assertTrue(interrupted.join(), "did not reach its own call");
        assertFalse(queue.call(() -> Thread.currentThread().isInterrupted()));
    }

    @Test
    void anInterruptThatTheCallHasNotSeenIsKeptForItWhileItReceives() {
        Gate gate = threads.gate();
        var inside = new CompletableFuture<Boolean>();
        Call<Boolean> outer = queue.interruptible().submit(() -> {
            gate.pass();
            queue.execute(() -> inside.complete(Thread.currentThread().isInterrupted()));
            queue.receive();
            return interrupted.complete(Thread.currentThread().isInterrupted());
        });
        gate.awaitArrival();

        outer.cancel(true);
        gate.open();

        assertFalse(inside.join(), "reached what it received");
        assertTrue(interrupted.join(), "did not reach its own call");
        assertFalse(queue.call(() -> Thread.currentThread().isInterrupted()));
    }

    @Test
    void aTargetOfTheUsersOwnNeedNotKnowInterruptibleCalls() {
        var own = (CallTarget) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CallTarget.class}, InvocationHandler::invokeDefault);

        assertThrows(UnsupportedOperationException.class, own::interruptible);
    }

    @Test
    void whatACallThrowsBecauseItWasInterruptedIsNoFailureThatNobodySees() throws Exception {
        var reported = new LinkedBlockingQueue<Throwable>();
        queue.call(
                () -> Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> reported.add(failure)));
        var own = new IllegalStateException("of its own");

        Call<Void> interruptedCall = queue.interruptible().submit(() -> {
            begun.countDown();
            new Semaphore(0).acquire();
        });
        begun.await();
        interruptedCall.cancel(true);
        Gate gate = threads.gate();
        Call<Void> leftAlone = queue.interruptible().submit(() -> {
            gate.pass();
            throw own;
        });
        gate.awaitArrival();
        leftAlone.cancel(false);
        gate.open();
        queue.call(() -> {});

        assertEquals(List.of(own), List.copyOf(reported));
    }

    @ParameterizedTest
    @EnumSource
    void whatACallThrowsBecauseItWasInterruptedIsRaisedNowhere(Raise where) throws Exception {
        CallQueue mine = threads.closing(CallQueue.forCurrentThread());
        Call<Void> call = mine.interruptible().raising(where).submit(() -> {
            begun.countDown();
            new Semaphore(0).acquire();
        });
        threads.start("canceller", () -> {
            begun.await();
            return call.cancel(true);
        });

        assertEquals(1, mine.receive());
        assertEquals(0, mine.receive());
    }

    @Test
    void aTimeoutSaysThatTheCallStillRuns() {
        Gate gate = threads.gate();
        Call<Void> call = queue.interruptible().submit(gate::pass);
        gate.awaitArrival();

        String message = assertThrows(CallTimeoutException.class, () -> call.result(SHORT))
                .getMessage();

        assertTrue(message.contains("it still runs"), message);
    }

    @Test
    void anInterruptThatTheOpKeepsOverAWaitDoesNotReachTheLoop() {
        CallQueue mine = threads.closing(CallQueue.forCurrentThread());
        var self = new CompletableFuture<Call<Void>>();
        self.complete(mine.interruptible().submit(() -> {
            self.join().cancel(true);
            mine.submit(() -> 1).join(); // takes the flag off, runs the call here, and sets it again
            assertTrue(Thread.currentThread().isInterrupted());
        }));

        mine.receive();

        assertFalse(Thread.interrupted());
    }

    @Test
    void anInterruptDoesNotReachWhatComesBackToAnotherQueueOfTheThread() {
        CallQueue one = threads.closing(CallQueue.forCurrentThread());
        CallQueue two = threads.closing(CallQueue.forCurrentThread());
        var self = new CompletableFuture<Call<Void>>();
        var interrupted = new ArrayList<Boolean>();
        self.complete(two.interruptible().submit(() -> {
            one.submit(() -> {
                        self.join().cancel(true);
                        interrupted.add(Thread.currentThread().isInterrupted());
                    })
                    .join();
            interrupted.add(Thread.interrupted());
        }));
        one.execute(() ->
                assertThrows(CancellationException.class, () -> self.join().result()));

        one.receive();

        assertEquals(List.of(false, true), interrupted);
        assertFalse(Thread.interrupted());
    }

    @Test
    void aCallThatReceivesWithoutPauseIsInterrupted() throws Exception {
        CallQueue busy = threads.closing(CallQueue.create());
        busy.execute(new Runnable() {
            @Override
            public void run() {
                busy.execute(this);
            }
        });
        Call<Void> receives = queue.interruptible().submit(() -> {
            begun.countDown();
            try {
                busy.receiveUntilClosed();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        begun.await();

        receives.cancel(true);

        assertTrue(interrupted.get(LONG.toSeconds(), TimeUnit.SECONDS));
        busy.closeNow();
    }

    @RepeatedTest(20)
    void anInterruptReachesACallThatRunsOthersAllTheTime() throws Exception {
        for (int round = 0; round < 20; round++) {
            var outcome = new CompletableFuture<Boolean>();
            var started = new CountDownLatch(1);
            Call<Void> runsOthers = queue.interruptible().submit(() -> {
                started.countDown();
                try {
                    while (true) {
                        queue.submit(() -> {}).result();
                    }
                } catch (CallInterruptedException e) {
                    outcome.complete(true);
                }
            });
            started.await();

            runsOthers.cancel(true);

            assertTrue(outcome.get(LONG.toSeconds(), TimeUnit.SECONDS));
            assertFalse(queue.call(() -> Thread.currentThread().isInterrupted()));
        }
    }

    @RepeatedTest(20)
    void anInterruptNeverReachesTheNextCall() {
        for (int round = 0; round < 200; round++) {
            Call<Void> call = queue.interruptible().submit(() -> {});
            Call<Boolean> next = queue.submit(() -> Thread.currentThread().isInterrupted());
            call.cancel(true);
            assertFalse(next.result());
        }
        assertEquals("goes on", queue.call(() -> "goes on"));
    }
}
