import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallDeadlockException;
import dev.callqueue.CallQueue;
import dev.callqueue.CallReport;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.Harvest;
import dev.callqueue.QueueFullException;
import dev.callqueue.WhenFull;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Further examples of the pages in docs, for those that {@link Snippets} does not have; each a test of its own. */
@Timeout(60)
class GuideSnippets {
    private final List<String> screen = new ArrayList<>();

    private void show(String text) {
        screen.add(text);
    }

    @Test
    void device() throws Exception {
        // @start region=device
        class Device {
            private final List<String> log = new ArrayList<>(); // used by the device's thread alone
            private final Thread thread = new Thread(this::work, "device");
            private final CallQueue calls =
                    CallQueue.builder().name("device").owner(thread).build();

            void start() {
                thread.start(); // what was called before waits until now
            }

            String send(String command) {
                return calls.call(() -> {
                    log.add(command);
                    return command + " done";
                });
            }

            void stop() {
                calls.execute(calls::close); // runs after all that was called before
            }

            private void work() {
                try {
                    calls.receiveUntilClosed();
                } catch (InterruptedException e) { // the thread ends; whoever still waits gets OwnerGoneException
                    Thread.currentThread().interrupt();
                }
            }
        }
        // @end region=device
        var device = new Device();
        device.start();
        assertEquals("on done", device.send("on"));
        device.stop();
        device.thread.join();
        assertEquals(List.of("on"), device.log);
    }

    @Test
    void gameLoop() throws Exception {
        var published = new CompletableFuture<CallQueue>();
        var frames = new LongAdder();
        var game = new Thread(() -> {
            // @start region=game-loop
            try (CallQueue calls = CallQueue.forCurrentThread()) {
                published.complete(calls); // hand it to those who shall call
                while (!calls.isClosed()) {
                    calls.receiveFor(Duration.ofMillis(2)); // begins no call after two milliseconds
                    frames.increment(); // update and draw
                }
            }
            // @end region=game-loop
        });
        game.start();
        CallQueue calls = published.join();
        assertEquals("done", calls.call(() -> "done"));
        calls.execute(calls::close);
        game.join();
        assertTrue(frames.sum() > 0);
    }

    @Test
    void ticks() throws Exception {
        try (CallQueue calls = CallQueue.forCurrentThread()) {
            Call<Integer> call = calls.submit(() -> 1);
            // @start region=ticks
            while (!calls.isClosed()) {
                calls.receive(Duration.ofMillis(100)); // waits for a first call, but not longer than this
                blink(calls); // ten times a second, and after calls
            }
            // @end region=ticks
            assertEquals(1, call.result());
        }
        assertEquals(List.of("blink", "blink", "blink"), screen);
    }

    private void blink(CallQueue calls) {
        show("blink");
        if (screen.size() == 3) {
            calls.close();
        }
    }

    @Test
    void lateResult() throws Exception {
        var closed = new CompletableFuture<StringReader>();
        var began = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        // @start region=late-result
        CallQueue files = CallQueue.builder()
                .consumers(1)
                .onLateResult(late -> {
                    if (late instanceof StringReader reader) {
                        reader.close(); // its caller has gone, so nobody else would
                    }
                })
                .build();
        // @end region=late-result
        Call<StringReader> opened = files.submit(() -> {
            began.countDown();
            goOn.await();
            var reader = new StringReader("text");
            closed.complete(reader);
            return reader;
        });
        began.await();
        opened.cancel(false);
        goOn.countDown();
        files.close();
        assertTrue(files.asExecutorService().awaitTermination(10, SECONDS));
        assertThrows(IOException.class, () -> closed.join().read());
    }

    @Test
    void endless() {
        try (CallQueue workers = CallQueue.withConsumers(3)) {
            // @start region=endless
            Iterable<Integer> numbers = () -> IntStream.iterate(1, n -> n + 1).iterator(); // there is no last one
            try (var squares = workers.harvest(numbers, n -> n * n)) {
                for (var square : squares) {
                    if (square.result() > 100) {
                        show(square.input() + " squared is " + square.result());
                        break;
                    }
                }
            } // close: reads no more inputs and withdraws what has not begun
            // @end region=endless
        }
        assertTrue(screen.get(0).contains(" squared is "));
    }

    private static String fetch(String address) throws IOException {
        if (address.equals("/missing")) {
            throw new IOException("no such page: " + address);
        }
        return "page " + address;
    }

    @Test
    void failures() {
        List<String> addresses = List.of("/one", "/missing", "/two");
        try (CallQueue workers = CallQueue.withConsumers(1)) {
            // @start region=failures
            for (var page : workers.harvest(addresses, address -> fetch(address))) {
                try {
                    show(page.result());
                } catch (Exception e) { // what fetch threw; the other pages come all the same
                    show(page.input() + " failed: " + e.getMessage());
                }
            }
            // @end region=failures
        }
        assertEquals(List.of("page /one", "/missing failed: no such page: /missing", "page /two"), screen);
    }

    @Test
    void take() {
        try (CallQueue workers = CallQueue.withConsumers(2)) {
            // @start region=take
            Harvest<String, String> mirrors = new Harvest<>(workers);
            mirrors.submit("/first", each -> fetch(each));
            mirrors.submit("/second", each -> fetch(each));
            show(mirrors.take().result()); // waits for whichever ends first
            mirrors.close(); // the other one is not wanted any more: if it has not begun, it never will
            // @end region=take
        }
        assertTrue(screen.get(0).startsWith("page /"));
    }

    @Test
    void executorLoop() {
        // @start region=executor-loop
        var thread = new AtomicReference<Thread>();
        ExecutorService loop = Executors.newSingleThreadExecutor(task -> {
            thread.set(new Thread(task, "loop"));
            return thread.get();
        });
        CallQueue calls = CallQueue.on(loop, () -> Thread.currentThread() == thread.get());
        // @end region=executor-loop
        assertEquals("loop", calls.call(() -> Thread.currentThread().getName()));
        assertTrue(calls.call(calls::isTargetThread));
        assertFalse(calls.isTargetThread());
        calls.close();
        loop.shutdown();
    }

    @Test
    void loopChain() throws Exception {
        CallQueue ui = CallQueue.on(SwingUtilities::invokeLater, SwingUtilities::isEventDispatchThread);
        try (CallQueue workers = CallQueue.withConsumers(1)) {
            SwingUtilities.invokeAndWait(() -> {
                // @start region=loop-chain
                boolean inUi =
                        workers.call(() -> ui.call(SwingUtilities::isEventDispatchThread)); // made in the UI thread
                // @end region=loop-chain
                show("in the UI thread: " + inUi);
            });
        }
        ui.close();
        assertEquals(List.of("in the UI thread: true"), screen);
    }

    @Test
    void derivedStages() throws Exception {
        var doubled = new CompletableFuture<Integer>();
        try (CallQueue mine = CallQueue.forCurrentThread()) {
            // @start region=derived
            Call<Integer> one = mine.submit(() -> 1);
            CompletableFuture<Integer> two = one.thenApply(n -> 2 * n);
            one.join(); // runs the call here, and so completes the stage; two.join() alone would wait for ever
            doubled.complete(two.join());
            // @end region=derived
        }
        assertEquals(2, doubled.get());
    }

    @Test
    void waitForRoom() {
        CallQueue jobs = CallQueue.builder().capacity(1).whenFull(WhenFull.WAIT).build(); // nobody receives
        jobs.execute(() -> {});
        // @start region=wait-for-room
        try {
            jobs.within(Duration.ofMillis(100)).execute(() -> show("done"));
        } catch (CallTimeoutException e) {
            show("still full after 100 ms; it will not be done");
        }
        // @end region=wait-for-room
        jobs.closeAndReceive();
        assertEquals(List.of("still full after 100 ms; it will not be done"), screen);
    }

    @Test
    void ownCalls() {
        try (CallQueue calls = CallQueue.builder()
                .owner(Thread.currentThread())
                .capacity(1)
                .whenFull(WhenFull.WAIT)
                .build()) {
            calls.execute(() -> show("first"));
            // @start region=own-calls
            try {
                calls.execute(() -> show("second")); // made by the thread that would have to make room
            } catch (QueueFullException e) {
                calls.call(() -> show("at once")); // a call needs no room here: it runs now
            }
            // @end region=own-calls
            calls.receive();
        }
        assertEquals(List.of("at once", "first"), screen);
    }

    @Test
    void awaitEnd() throws Exception {
        CallQueue workers = CallQueue.withConsumers(2);
        Call<String> last = workers.submit(() -> fetch("/last"));
        // @start region=await-end
        workers.close(); // does not wait
        boolean ended = workers.asExecutorService().awaitTermination(10, SECONDS); // this does
        // @end region=await-end
        assertTrue(ended);
        assertEquals("page /last", last.getNow("nothing"));
    }

    @Test
    void self() {
        var list = new ArrayList<String>();
        try (CallQueue queue = CallQueue.withConsumers(1)) {
            // @start region=self
            int size = queue.call(() -> {
                list.add("one");
                return queue.call(list::size); // this thread's own queue: runs at once
            });
            // @end region=self
            assertEquals(1, size);
        }
    }

    @Test
    void chain() {
        try (CallQueue ui = CallQueue.builder().name("ui").consumers(1).build();
                CallQueue db = CallQueue.builder().name("db").consumers(1).build()) {
            // @start region=chain
            String where = ui.call(
                    () -> db.call(() -> ui.call(() -> Thread.currentThread().getName())));
            // @end region=chain
            assertEquals("ui-consumer-1", where);
        }
    }

    @Test
    void pool() {
        try (CallQueue workers = CallQueue.withConsumers(1)) {
            // @start region=pool
            int sum = workers.call(() -> {
                Call<Integer> left = workers.submit(() -> 1);
                Call<Integer> right = workers.submit(() -> 2);
                return left.result() + right.result(); // whoever waits runs them, if nobody else has begun
            });
            // @end region=pool
            assertEquals(3, sum);
        }
    }

    @Test
    void crossing() {
        // @start region=crossing
        CallQueue ui = CallQueue.builder().name("ui").consumers(1).build();
        CallQueue db = CallQueue.builder().name("db").consumers(1).build();
        var both = new CyclicBarrier(2); // so that the two really cross

        Call<String> one = ui.submit(() -> {
            both.await();
            return db.named("load").call(() -> "loaded");
        });
        Call<String> other = db.submit(() -> {
            both.await();
            return ui.named("show").call(() -> "shown");
        });
        for (Call<String> each : List.of(one, other)) {
            try {
                show(each.result());
            } catch (CallDeadlockException e) {
                show(e.getMessage());
            }
        }
        // @end region=crossing
        ui.close();
        db.close();
        String message = screen.stream()
                .filter(text -> text.startsWith("waiting would never end"))
                .findAny()
                .orElseThrow();
        assertTrue(
                message.lines()
                                .filter(line -> line.contains("GuideSnippets.lambda$crossing"))
                                .count()
                        >= 2,
                message);
        assertTrue(message.contains("thread 'ui-consumer-1' waits for call 'load' to queue 'db'"), message);
        assertTrue(message.contains("thread 'db-consumer-1' waits for call 'show' to queue 'ui'"), message);
        assertTrue(screen.contains("loaded") || screen.contains("shown"), screen::toString);
    }

    private record Account(int cents) {
        synchronized int balance() {
            return cents;
        }
    }

    @Test
    void heldLock() {
        CallQueue db = CallQueue.builder().name("db").consumers(1).build();
        var account = new Account(7);
        // @start region=held-lock
        synchronized (account) {
            try {
                db.call(() -> account.balance()); // wants the same monitor
            } catch (CallDeadlockException e) {
                show(e.getMessage());
            }
        }
        // @end region=held-lock
        db.close();
        assertTrue(screen.get(0).contains("thread 'db-consumer-1' waits for GuideSnippets$Account@"), screen::toString);
    }

    @Test
    void interruptible() throws Exception {
        CallQueue queue = CallQueue.withConsumers(1);
        var interrupted = new CountDownLatch(1);
        loading = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        };
        // @start region=interruptible
        Call<String> slow = queue.interruptible().submit(() -> load("/slow"));
        slow.cancel(true); // interrupts load if it runs, and nothing but load
        // @end region=interruptible
        assertTrue(slow.isCancelled());
        Call<String> begun = queue.interruptible().submit(() -> load("/slow"));
        while (begun.phase() != Call.Phase.RUNNING) {
            Thread.onSpinWait();
        }
        begun.cancel(true);
        interrupted.await();
        queue.close();
    }

    private volatile Runnable loading = () -> {};

    private String load(String path) {
        loading.run();
        return path;
    }

    private static int compact(CountDownLatch began, CountDownLatch end) {
        began.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    @Test
    void timeoutText() throws Exception {
        var began = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        CallQueue db = CallQueue.builder().name("db").consumers(1).build();
        var janitor = new Thread(() -> db.named("compact").call(() -> compact(began, end)), "janitor");
        janitor.start();
        began.await();

        // @start region=timeout-text
        try {
            db.named("count rows").within(Duration.ofMillis(100)).call(() -> 7);
        } catch (CallTimeoutException e) {
            show(e.getMessage());
        }
        // @end region=timeout-text

        // @start region=report
        CallReport report = db.report();
        for (CallReport.Running each : report.running()) {
            show(each.call() + " runs in " + each.runner().thread().getName());
        }
        // @end region=report

        // @start region=reportOfAll
        CallReport.all().forEach(each -> show(each.toString())); // a "thread dump" for calls
        // @end region=reportOfAll
        end.countDown();
        janitor.join();
        db.close();
        assertTrue(screen.get(0)
                .matches("(?s)call 'count rows' to queue 'db' has not ended after PT0.1S; "
                        + "it was number 1 of those that wait; it was withdrawn and never runs\n"
                        + "queue 'db', served by at most 1 consumer: 0 waiting\n"
                        + "  compact runs in thread 'db-consumer-1' \\(WAITING\\) for at least \\d+ ms, "
                        + "made by thread 'janitor' \\(WAITING\\)\n    waits for .*"));
        assertEquals("compact runs in db-consumer-1", screen.get(1));
        assertTrue(screen.stream().skip(2).anyMatch(each -> each.startsWith("queue 'db', ")), screen.toString());
    }

    @Test
    void listener() throws Exception {
        // @start region=listener
        var calls = new LongAdder();
        var waitedNanos = new LongAdder();
        CallQueue queue = CallQueue.builder()
                .consumers(2)
                .listener((waitNanos, runNanos, failure) -> {
                    calls.increment();
                    waitedNanos.add(waitNanos);
                })
                .build();
        // @end region=listener
        queue.call(() -> {});
        queue.submit(() -> 1).result();
        queue.close();
        assertTrue(queue.asExecutorService().awaitTermination(10, SECONDS));
        assertEquals(2, calls.sum());
        assertTrue(waitedNanos.sum() > 0);
    }
}
