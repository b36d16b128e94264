package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static dev.callqueue.Delays.SHORT;
import static dev.callqueue.Eventually.eventually;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that wait for each other: a chain that comes back works, and a cycle that never would end is told. */
class DeadlockTest {
    @AutoClose
    private final Threads threads = new Threads();

    private List<CallQueue> owners(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> threads.owner("owner " + i))
                .toList();
    }

    private CallQueue ownWithRoomToWaitFor(int capacity) {
        return threads.closing(CallQueue.builder()
                .owner(Thread.currentThread())
                .capacity(capacity)
                .whenFull(WhenFull.WAIT)
                .build());
    }

    /** Nobody else waits, who could come upon it. */
    @Test
    void aCallThatWaitsForItsOwnEndIsTold() throws Exception {
        CallQueue queue = threads.owner("owner");
        var self = new CompletableFuture<Call<Integer>>();
        Call<Integer> call = queue.submit(() -> self.join().result());
        self.complete(call);

        var deadlock = assertInstanceOf(CallDeadlockException.class, failureOf(call));
        assertEquals(queue.report().queue(), deadlock.report().queue());
    }

    @Test
    void aCallThatWaitsForItsOwnEndFromACallInsideIsTold() throws Exception {
        CallQueue queue = threads.owner("owner");
        var self = new CompletableFuture<Call<Integer>>();
        Call<Integer> call =
                queue.submit(() -> queue.submit(() -> self.join().result()).result());
        self.complete(call);

        assertInstanceOf(CallDeadlockException.class, failureOf(call));
    }

    @Test
    void aCallThatWaitsForTheHarvestOfItselfIsTold() throws Exception {
        CallQueue queue = threads.closing(CallQueue.withConsumers(1));
        var harvest = new Harvest<Integer, Integer>(queue);
        var submitted = new CountDownLatch(1);

        Call<Integer> call = harvest.submit(1, n -> {
            submitted.await();
            return harvest.take().input();
        });
        submitted.countDown();

        assertInstanceOf(CallDeadlockException.class, failureOf(call));
    }

    /** Without waiting in the call itself. */
    private static Throwable failureOf(Call<?> call) throws Exception {
        return call.handle((value, failure) -> failure).get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @RepeatedTest(20)
    void whoWasWokenAndHasNotLookedIsNotStuck() throws Exception {
        CallQueue own = ownWithRoomToWaitFor(1);
        CallQueue other = threads.owner("other");
        var awaited = new CompletableFuture<Call<Integer>>();
        Call<Integer> waits = threads.start(
                        "first", () -> own.submit(() -> awaited.join().result()))
                .result();
        var wantsAPlace = new CompletableFuture<Thread>();
        awaited.complete(other.submit(() -> {
            wantsAPlace.complete(Thread.currentThread());
            own.submit(() -> {});
            return 1;
        }));
        Threads.awaitParked(wantsAPlace.join());

        own.receive(1); // makes a place for the call that is then waited for

        assertEquals(1, waits.result());
        own.receive(LONG);
    }

    @RepeatedTest(20)
    void whoWantsAPlaceIsNotStuckWhileThereAreSome() throws Exception {
        CallQueue own = ownWithRoomToWaitFor(2);
        var ofSecond = new CompletableFuture<CallQueue>();
        Call<Integer> asksTheSecond = threads.start("filler", () -> {
                    own.execute(() -> {});
                    return own.submit(() -> ofSecond.join().call(() -> 1));
                })
                .result();
        threads.start("first", () -> own.submit(() -> {})).awaitParked();
        threads.start("second", () -> {
                    CallQueue his = threads.closing(CallQueue.forCurrentThread());
                    ofSecond.complete(his);
                    own.submit(() -> {});
                    his.receive(LONG);
                })
                .awaitParked();

        own.receive(2); // makes two places, of which only the first was told

        assertEquals(1, asksTheSecond.result());
        own.receive(LONG);
    }

    // chains that come back

    @Test
    void aChainThatComesBackToAPumpingThreadRunsAfterItsPump() {
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        CallQueue other = threads.owner("other");
        Thread servant = other.call(Thread::currentThread);
        var pumped = new AtomicBoolean();
        var begun = new CompletableFuture<Void>();
        CallTarget pumping = other.within(LONG).pumping(() -> {
            pumped.set(true);
            begun.join();
            Threads.awaitParked(servant);
        });

        assertEquals(1, pumping.call(() -> {
            begun.complete(null);
            while (!pumped.get()) {
                Thread.onSpinWait();
            }
            return own.call(() -> 1);
        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void aChainThatComesBackAroundARingRunsLikeNestedCalls(int length) {
        List<CallQueue> ring = owners(length);
        Thread first = ring.get(0).call(Thread::currentThread);

        assertSame(first, around(ring, 0, length));
        assertSame(first, around(ring, 0, 2 * length), "around twice");
    }

    /** Calls each queue from the one before, and returns the thread that runs the last call. */
    private static Thread around(List<CallQueue> ring, int step, int last) {
        return ring.get(step % ring.size())
                .call(() -> step == last ? Thread.currentThread() : around(ring, step + 1, last));
    }

    @Test
    void anExceptionTravelsBackThroughAChain() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        var failure = new IllegalStateException("at the end of the chain");

        var seen = assertThrows(
                IllegalStateException.class,
                () -> a.call(() -> b.call(() -> a.call(() -> {
                    throw failure;
                }))));

        assertSame(failure, seen);
    }

    @Test
    void callsOutsideTheChainWaitUntilTheWaitingIsOver() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        var order = new ArrayList<String>();
        Gate waiting = threads.gate();

        Call<Void> chain = a.submit(() -> {
            b.call(() -> {
                waiting.pass();
                a.call(() -> order.add("in the chain"));
            });
            order.add("the waiting is over");
        });
        waiting.awaitArrival();
        Call<Boolean> outside = a.submit(() -> order.add("outside"));
        waiting.open();

        assertNotNull(List.of(chain.thenApply(nothing -> 1).join(), outside.result()));
        assertEquals(List.of("in the chain", "the waiting is over", "outside"), order);
    }

    @Test
    void aChainCallRunsItsCallersEarlierCallsFirst() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        var order = new ArrayList<Integer>();

        a.call(() -> b.call(() -> {
            a.execute(() -> order.add(1));
            a.submit(() -> order.add(2));
            return a.call(() -> order.add(3));
        }));

        assertEquals(List.of(1, 2, 3), order);
    }

    @Test
    void aChainThatComesBackToAPumpingThreadRunsThere() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        Gate pumped = threads.gate();

        boolean cameBack = a.call(() -> {
            Thread pumping = Thread.currentThread();
            return b.pumping(pumped::open).call(() -> {
                pumped.pass();
                return a.call(() -> Thread.currentThread() == pumping);
            });
        });

        assertTrue(cameBack);
    }

    @Test
    void anOwnerCanWaitForACallToItselfOutsideOfAnyReceive() {
        var owner = threads.start("owner", () -> {
            try (var queue = CallQueue.forCurrentThread()) {
                return queue.submit(() -> 1).result();
            }
        });

        assertEquals(1, owner.result());
    }

    // cycles

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void inARingOfCrossingChainsExactlyOneCallerIsToldAndTheOthersGoOn(int length) {
        List<CallQueue> ring = owners(length);

        List<String> outcomes = cross(ring);

        assertEquals(1, outcomes.stream().filter("deadlock"::equals).count(), outcomes.toString());
        assertEquals(length - 1, outcomes.stream().filter("served"::equals).count(), outcomes.toString());
    }

    @RepeatedTest(50)
    void whicheverOfTwoCrossingChainsIsLastIsToldAndTheOtherGoesOn() {
        List<String> outcomes = cross(owners(2)).stream().sorted().toList();

        assertEquals(List.of("deadlock", "served"), outcomes);
    }

    /** Lets every owner call the next one, all at the same time. */
    private static List<String> cross(List<CallQueue> ring) {
        var together = new CyclicBarrier(ring.size());
        List<Call<String>> calls = IntStream.range(0, ring.size())
                .mapToObj(i -> ring.get(i).submit(() -> {
                    together.await(LONG.toMillis(), TimeUnit.MILLISECONDS);
                    return servedBy(ring.get((i + 1) % ring.size()));
                }))
                .toList();
        return calls.stream().map(Call::result).toList();
    }

    private final Set<Thread> inPool = ConcurrentHashMap.newKeySet();

    private ExecutorService poolOfTwo() {
        return Executors.newFixedThreadPool(2, body -> {
            var thread = new Thread(body);
            inPool.add(thread);
            return thread;
        });
    }

    private CallQueue servedBy(ExecutorService pool) {
        return threads.closing(CallQueue.on(pool, () -> inPool.contains(Thread.currentThread())));
    }

    /** A chain that crosses another one, and gives up by itself after this time. */
    private static final Duration WHILE = SHORT.multipliedBy(5);

    /** Crosses what the other queue runs, which will end whatever this thread does. */
    private void assertServedThoughItCrosses(CallQueue other, Call<?> crossing) {
        awaitWaitingIn(other);

        assertEquals("served", servedBy(other));

        assertThrows(Exception.class, crossing::result);
    }

    @Test
    void aCallWhoseBeginIsLimitedIsNoDeadlock() {
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        CallQueue other = threads.owner("other");
        Call<String> crossing =
                other.submit(() -> own.within(WHILE).submit(() -> "late").result());

        assertServedThoughItCrosses(other, crossing);
    }

    @Test
    void aCallThatIsCompletedByTheClockIsNoDeadlock() {
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        CallQueue other = threads.owner("other");
        Call<String> crossing = other.submit(() -> own.submit(() -> "late")
                .orTimeout(WHILE.toMillis(), MILLISECONDS)
                .join());

        assertServedThoughItCrosses(other, crossing);

        Call<String> another = other.submit(() -> {
            Call<String> late = own.submit(() -> "late");
            late.completeOnTimeout("in time", WHILE.toMillis(), MILLISECONDS);
            return late.result();
        });
        awaitWaitingIn(other);
        assertEquals("served", servedBy(other));
        assertEquals("in time", another.result());
    }

    @Test
    void aCallThatWillBeInterruptedIsNoDeadlock() {
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        CallQueue other = threads.owner("other");
        var caller = threads.start(
                "caller", () -> other.interruptible().within(WHILE).call(() -> own.call(() -> "late")));
        awaitWaitingIn(other);

        assertEquals("served", servedBy(other));

        assertInstanceOf(CallTimeoutException.class, caller.failure());
    }

    /** Who waits for the call that will be interrupted is on no cycle, though his limit is the hope of others. */
    @Test
    void whoWillGiveUpACallIsNotToldOfTheDeadlockThatThisEnds() {
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        CallQueue other = threads.owner("other");
        CallQueue callers = threads.owner("caller");
        Call<String> givesUp =
                callers.submit(() -> other.interruptible().within(WHILE).call(() -> own.call(() -> "late")));
        awaitWaitingIn(other);
        awaitWaitingIn(callers);
        Thread me = Thread.currentThread();
        var last = threads.start("last", () -> {
            Threads.awaitSettled(me);
            return servedBy(callers);
        });

        assertEquals("served", servedBy(other));

        assertThrows(CallTimeoutException.class, givesUp::result);
        assertEquals("served", last.result());
    }

    @Test
    void theLimitOfACallerWhosePumpIsHeldUpForAWhileIsALimit() {
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        CallQueue other = threads.owner("other");
        CallQueue slow = threads.owner("slow");
        Gate gate = threads.gate();
        var caller = threads.start(
                "caller",
                () -> other.interruptible()
                        .within(WHILE)
                        .pumping(() -> slow.call(gate::pass))
                        .call(() -> own.call(() -> "late")));
        gate.awaitArrival();
        awaitWaitingIn(other);
        Thread me = Thread.currentThread();
        threads.start("opener", () -> {
            Threads.awaitSettled(me);
            gate.open();
        });

        assertEquals("served", servedBy(other));

        assertInstanceOf(CallTimeoutException.class, caller.failure());
    }

    /** So long that a test would see it only if it were waited for. */
    private static final Duration TOO_LONG = Duration.ofHours(1);

    @Test
    void theLimitOfACallerWhoIsStuckInsideOfItsWaitIsNoHope() {
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        CallQueue other = threads.owner("other");
        var lock = new Object();
        CallTarget limited = other.interruptible().within(TOO_LONG);

        assertThrows(
                CallDeadlockException.class,
                () -> limited.call(() -> {
                    synchronized (lock) {
                        return own.call(() -> {
                            synchronized (lock) {
                                return 1;
                            }
                        });
                    }
                }));
    }

    @Test
    void theLimitOfACallerWhoIsStuckInItsPumpIsNoHope() {
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        CallQueue full = threads.receiving(
                "owner",
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .capacity(1)
                        .whenFull(WhenFull.WAIT)
                        .build());
        Gate gate = threads.gate();
        Call<String> comesBack = full.submit(() -> {
            gate.pass();
            return servedBy(own);
        });
        gate.awaitArrival();
        List<String> inPump = new ArrayList<>();
        CallTarget pumping = full.within(TOO_LONG).pumping(() -> {
            if (inPump.isEmpty()) {
                inPump.add("begun");
                gate.open();
                awaitWaitingIn(full);
                inPump.add(servedBy(full));
                own.receive();
            }
        });

        pumping.call(() -> {});

        assertEquals(List.of("begun", "deadlock"), inPump);
        assertEquals("served", comesBack.result());
    }

    @Test
    void aPlaceThatWillBeGivenUpIsNoDeadlock() {
        CallQueue own = ownWithRoomToWaitFor(1);
        CallQueue other = threads.owner("other");
        own.within(WHILE).execute(() -> {});

        Call<String> waited = other.call(() -> own.submit(() -> "served"));

        own.receive();
        assertEquals("served", waited.result());
    }

    @Test
    void consumersWhomAnotherThreadHelpsMayBeHelpedAgain() throws Exception {
        CallQueue helped = threads.closing(CallQueue.withConsumers(1));
        CallQueue other = threads.owner("other");
        helped.receive();
        var together = new CyclicBarrier(2);
        List<Call<String>> calls = List.of(
                helped.submit(() -> {
                    together.await();
                    return servedBy(other);
                }),
                other.submit(() -> {
                    together.await();
                    return servedBy(helped);
                }));
        awaitWaitingIn(helped);
        awaitWaitingIn(other);

        helped.receive();

        calls.forEach(call -> assertEquals("served", call.result()));
    }

    @Test
    void consumersThatCannotBeStartedAreNotHopedFor() throws Exception {
        var made = new AtomicBoolean();
        CallQueue few = threads.closing(CallQueue.builder()
                .consumers(2)
                .consumerThreads(body -> made.getAndSet(true) ? null : new Thread(body))
                .build());
        CallQueue other = threads.owner("other");
        var together = new CyclicBarrier(2);
        List<Call<String>> calls = List.of(
                few.submit(() -> {
                    together.await();
                    return servedBy(other);
                }),
                other.submit(() -> {
                    together.await();
                    return servedBy(few);
                }));

        assertEquals(
                Set.of("served", "deadlock"),
                Set.of(calls.get(0).result(), calls.get(1).result()));
    }

    @Test
    void aChainComesBackToAThreadOfAPoolThatWasNeverSeen() throws Exception {
        ExecutorService pool = poolOfTwo();
        CallQueue served = servedBy(pool);
        CallQueue other = threads.owner("other");
        served.call(() -> {}); // the first thread is seen
        Gate inSecond = threads.gate();
        Gate inFirst = threads.gate();
        Future<Thread> second = pool.submit(() -> {
            inSecond.pass();
            return other.call(() -> served.call(Thread::currentThread));
        });
        inSecond.awaitArrival();
        pool.execute(inFirst::pass);
        inFirst.awaitArrival();

        inSecond.open();

        assertTrue(inPool.contains(second.get(LONG.toSeconds(), TimeUnit.SECONDS)));
        inFirst.open();
        pool.shutdown();
    }

    @Test
    void aPoolOfWhichAnotherThreadReceivesIsNotStuckWithItsDrain() {
        ExecutorService pool = poolOfTwo();
        CallQueue served = servedBy(pool);
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        Call<String> inDrain = served.submit(() -> servedBy(own));
        awaitWaitingIn(served);
        Future<?> receiving = pool.submit(() -> {
            served.receiveUntilClosed();
            return null;
        });
        Gate gate = threads.hold(served, 1);
        Thread me = Thread.currentThread();
        threads.start("opener", () -> {
            Threads.awaitSettled(me);
            gate.open();
        });

        assertEquals("served", servedBy(served));

        own.receive();
        assertEquals("served", inDrain.result());
        served.close();
        assertDoesNotThrow(() -> receiving.get());
        pool.shutdown();
    }

    @Test
    void aDeadlockThroughAPoolOfWhichSeveralThreadsWereSeenIsTold() throws Exception {
        ExecutorService pool = poolOfTwo();
        CallQueue served = servedBy(pool);
        var both = new CyclicBarrier(2);
        Callable<Boolean> show = () -> both.await() >= 0 && served.isTargetThread();
        for (Future<Boolean> seen : pool.invokeAll(List.of(show, show))) {
            assertTrue(seen.get());
        }
        CallQueue own = threads.closing(CallQueue.forCurrentThread());
        Call<String> crossing = served.submit(() -> servedBy(own));

        String mine = servedBy(served);
        if (mine.equals("deadlock")) {
            own.receive(LONG);
        }

        assertEquals(Set.of("served", "deadlock"), Set.of(mine, crossing.result()));
        pool.shutdown();
    }

    private static String servedBy(CallTarget target) {
        try {
            return target.call(() -> "served");
        } catch (CallDeadlockException e) {
            return "deadlock";
        }
    }

    /** Waits until the owner of the queue waits within a call, and is known to. */
    private static void awaitWaitingIn(CallQueue queue) {
        eventually(() -> assertEquals(1, queue.report().running().size()));
        Threads.awaitSettled(queue.report().running().get(0).runner().thread());
    }

    @Test
    void theMessageNamesEveryThreadOfTheCycle() {
        List<CallQueue> ring = owners(3);
        var together = new CyclicBarrier(3);
        List<Call<String>> calls = IntStream.range(0, 3)
                .mapToObj(i -> ring.get(i).submit(() -> {
                    together.await(LONG.toMillis(), TimeUnit.MILLISECONDS);
                    return ring.get((i + 1) % 3).call(() -> "served");
                }))
                .toList();

        String message = calls.stream()
                .map(call -> call.handle((value, thrown) -> thrown).join())
                .filter(CallDeadlockException.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .orElseThrow();

        for (int i = 0; i < 3; i++) {
            assertTrue(message.contains("owner " + i), message);
        }
    }

    @Test
    void ownersThatWaitForRoomInEachOthersQueuesAreToldToo() {
        CallQueue a = roomForOne("a");
        CallQueue b = roomForOne("b");
        Gate gate = threads.gate();
        Call<String> one = a.submit(() -> {
            gate.pass();
            return enter(b);
        });
        Call<String> other = b.submit(() -> {
            gate.pass();
            return enter(a);
        });
        gate.awaitArrivals(2);
        a.execute(() -> {});
        b.execute(() -> {});
        gate.open();

        List<String> outcomes = Stream.of(one, other).map(Call::result).sorted().toList();

        assertEquals(List.of("deadlock", "entered"), outcomes);
    }

    /** An owner whose queue has room for one call. */
    private CallQueue roomForOne(String name) {
        return threads.receiving(
                name,
                () -> CallQueue.builder()
                        .owner(Thread.currentThread())
                        .capacity(1)
                        .whenFull(WhenFull.WAIT)
                        .build());
    }

    private static String enter(CallTarget full) {
        try {
            full.execute(() -> {});
            return "entered";
        } catch (CallDeadlockException e) {
            return "deadlock";
        }
    }

    @Test
    void aBystanderGetsTheOutcomeOfTheCallItWaitsFor() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        Gate inA = threads.gate();
        var bystander = threads.start(
                "bystander",
                () -> a.call(() -> {
                    inA.pass();
                    return servedBy(b);
                }));
        inA.awaitArrival();
        Call<String> other = b.submit(() -> servedBy(a));
        awaitWaitingIn(b);
        inA.open();

        assertEquals("deadlock", bystander.result(), "what its call made of it");
        assertEquals("served", other.result());
    }

    @Test
    void aCycleInWhichAnotherHasALimitIsNone() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        Gate inB = threads.gate();
        Call<String> held = b.submit(() -> {
            inB.pass();
            return servedBy(a);
        });
        inB.awaitArrival();
        Call<String> limited = a.submit(() -> b.within(LONG).callOrElse("timed out", () -> "served"));
        awaitWaitingIn(a);
        inB.open();

        assertThrows(CallDeadlockException.class, limited::result); // its own limit does not delay that
        assertEquals("served", held.result());
    }

    @Test
    void onesOwnLimitDoesNotDelayTheReport() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        Gate inB = threads.gate();
        Call<String> limited = b.submit(() -> {
            inB.pass();
            return servedBy(a.within(LONG.multipliedBy(10)));
        });
        inB.awaitArrival();
        Call<String> unlimited = a.submit(() -> servedBy(b));
        awaitWaitingIn(a);
        inB.open();

        assertEquals("deadlock", limited.result(LONG));
        assertEquals("served", unlimited.result());
    }

    @Test
    void onesOwnLimitDoesNotDelayTheReportThoughAnotherClosesTheCycle() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        Gate inB = threads.gate();
        Call<String> last = b.submit(() -> {
            inB.pass();
            return servedBy(a);
        });
        inB.awaitArrival();
        Call<String> limited = a.submit(() -> servedBy(b.within(LONG.multipliedBy(10))));
        awaitWaitingIn(a);
        inB.open();

        eventually(() -> assertTrue(limited.isDone())); // looked at without a wait, which would search for itself
        assertEquals("deadlock", limited.result());
        assertEquals("served", last.result());
    }

    @Test
    void whoDoesNotWaitClosesNoCycle() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        Gate inB = threads.gate();
        Call<String> last = b.submit(() -> {
            inB.pass();
            return servedBy(a.within(Duration.ZERO));
        });
        inB.awaitArrival();
        Call<String> first = a.submit(() -> servedBy(b));
        awaitWaitingIn(a);
        inB.open();

        assertThrows(CallTimeoutException.class, last::result);
        assertEquals("served", first.result());
    }

    @Test
    void threadsThatServeTheirOwnQueuesWhileTheyWaitMayCross() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        var together = new CyclicBarrier(2);
        Call<String> one = a.submit(() -> {
            together.await();
            return servedBy(b.pumping(a::receive));
        });
        Call<String> other = b.submit(() -> {
            together.await();
            return servedBy(a.pumping(b::receive));
        });

        assertEquals("served", one.result());
        assertEquals("served", other.result());
    }

    @Test
    void aDeadlockHasNoAlternative() {
        CallQueue a = threads.owner("a");
        CallQueue b = threads.owner("b");
        Gate inB = threads.gate();
        Call<String> last = b.submit(() -> {
            inB.pass();
            return a.callOrElse("alternative", () -> "served");
        });
        inB.awaitArrival();
        Call<String> first = a.submit(() -> servedBy(b));
        awaitWaitingIn(a);
        inB.open();

        assertThrows(CallDeadlockException.class, last::result);
        assertEquals("served", first.result());
    }

    @Test
    void aLockThatComesFreeInTimeIsNoDeadlock() {
        CallQueue queue = threads.owner("owner");
        var lock = new ReentrantLock();
        lock.lock();
        var caller = threads.start(
                "caller",
                () -> queue.call(() -> {
                    lock.lock();
                    lock.unlock();
                    return "served";
                }));
        eventually(() -> assertTrue(lock.hasQueuedThreads()));
        lock.unlock();

        assertEquals("served", caller.result());
    }
}
