import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Call;
import dev.callqueue.CallInterruptedException;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.CallTimeoutException;
import dev.callqueue.Harvest;
import dev.callqueue.QueueClosedException;
import dev.callqueue.QueueFullException;
import dev.callqueue.Raise;
import dev.callqueue.WhenFull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.swing.DefaultListModel;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation, each a test of its own. They see of the library what everybody sees. */
class Snippets {
    private final List<String> screen = new ArrayList<>();

    private void show(String text) {
        screen.add(text);
    }

    @Test
    void quickstart() {
        // @start region=quickstart
        List<String> log = new ArrayList<>(); // belongs to one thread, so it needs no lock
        CallQueue queue = CallQueue.withConsumers(1); // that thread: it starts with the first call

        queue.execute(() -> log.add("started")); // fire and forget
        int size = queue.call(log::size); // waits: the value comes back, or the exception
        Call<String> last = queue.submit(() -> log.get(log.size() - 1)); // does not wait: a CompletableFuture

        queue.close(); // refuses further calls; the consumer runs what is left
        // @end region=quickstart
        assertEquals(1, size);
        assertEquals("started", last.result());
    }

    @Test
    void owner() throws Exception {
        var ready = new CompletableFuture<CallQueue>();
        var world = new ArrayList<String>();
        var owner = new Thread(() -> {
            // @start region=owner
            try (CallQueue calls = CallQueue.forCurrentThread()) {
                ready.complete(calls); // @replace regex="ready.complete\(calls\)" replacement="publish(calls)"
                while (!calls.isClosed()) {
                    world.add("tick"); // what this thread is there for
                    calls.receive(); // what others want of it; never waits
                }
            }
            // @end region=owner
        });
        owner.start();
        CallQueue calls = ready.join();

        // @start region=call
        List<String> snapshot = calls.call(() -> List.copyOf(world)); // any other thread, as if it were a normal call
        // @end region=call

        assertFalse(snapshot.contains("tock"));
        calls.close();
        owner.join();
    }

    @Test
    void budget() {
        try (CallQueue calls = CallQueue.forCurrentThread()) {
            Call<Integer> call = calls.submit(() -> 1);
            for (int frame = 0; frame < 2; frame++) {
                // @start region=budget
                int ran = calls.receiveFor(Duration.ofMillis(2)); // begins no call after two milliseconds
                draw(ran); // the frame is drawn in time, however many calls come
                // @end region=budget
            }
            assertEquals(1, call.result());
        }
    }

    private static void draw(int calls) {
        assertTrue(calls <= 1);
    }

    @Test
    void checkedExceptions(@TempDir Path folder) {
        try (CallQueue queue = CallQueue.withConsumers(1)) {
            Path missing = folder.resolve("missing");
            // @start region=exceptions
            try {
                String text = queue.call(() -> Files.readString(missing));
                show(text);
            } catch (IOException e) { // the op's own exception: the same object, the same type
                show("cannot read " + e.getMessage());
            }
            // @end region=exceptions
            assertEquals(List.of("cannot read " + missing), screen);
        }
    }

    @Test
    void consumers() {
        List<String> addresses = List.of("/one", "/two", "/three", "/four");
        Map<String, Integer> sizes = new HashMap<>();

        // @start region=consumers
        try (CallQueue workers = CallQueue.withConsumers(3)) { // up to three threads, started as calls come
            for (var page : workers.harvest(addresses, address -> fetch(address))) { // as they end
                sizes.put(page.input(), page.result().length());
            }
        }
        // @end region=consumers

        assertEquals(Map.of("/one", 4, "/two", 4, "/three", 6, "/four", 5), sizes);
    }

    private static String fetch(String address) {
        return address;
    }

    @Test
    void harvest() {
        var found = new ArrayList<String>();
        var failed = new ArrayList<String>();
        List<String> addresses = List.of("/one", "/two");
        try (CallQueue workers = CallQueue.withConsumers(2)) {
            // @start region=harvest
            Harvest<String, String> pages = new Harvest<>(workers);
            for (String address : addresses) {
                pages.submit(address, each -> fetch(each));
            }
            while (!pages.isDone()) {
                for (var page : pages.next()) { // those that ended since the last look; never waits
                    if (page.call().isCompletedExceptionally()) {
                        failed.add(page.input());
                    } else {
                        found.add(page.result());
                    }
                }
                paint(pages.harvested(), pages.submitted()); // go on with something else
            }
            // @end region=harvest
        }
        assertEquals(List.of("/one", "/two"), found.stream().sorted().toList());
        assertEquals(List.of(), failed);
    }

    private static void paint(int done, int all) {
        assertTrue(done <= all);
    }

    @Test
    void submit() {
        var shown = new CompletableFuture<String>();
        try (CallQueue workers = CallQueue.withConsumers(1)) {
            // @start region=submit
            Call<String> page = workers.submit(() -> fetch("/one")); // does not wait
            page.thenAccept(text -> shown.complete(text)); // a CompletableFuture
            String text = page.result(); // waits; throws what fetch threw, not wrapped
            // @end region=submit
            assertEquals("/one", text);
            assertEquals("/one", shown.join());

            // @start region=withdraw
            Call<String> later = workers.submit(() -> fetch("/two"));
            if (later.withdraw()) {
                show("it has not begun and never will");
            } else {
                show("too late: " + later.result());
            }
            // @end region=withdraw
            assertTrue(later.isDone());
        }
    }

    @Test
    void raising() throws Exception {
        var ready = new CompletableFuture<CallQueue>();
        var ended = new CompletableFuture<String>();
        var owner = new Thread(() -> {
            CallQueue calls = CallQueue.forCurrentThread();
            ready.complete(calls);
            // @start region=raising-owner
            try {
                calls.receiveUntilClosed();
            } catch (StopException | InterruptedException e) {
                ended.complete("stopped: " + e.getMessage()); // @replace regex="ended.complete" replacement="log"
            }
            // @end region=raising-owner
        });
        owner.start();
        CallQueue calls = ready.join();

        // @start region=raising
        calls.raising(Raise.RECEIVER).execute(() -> {
            throw new StopException("enough"); // leaves the loop of the thread that receives, and ends it
        });
        // @end region=raising

        assertEquals("stopped: enough", ended.join());
        owner.join();
    }

    /** Ends a loop. */
    private static final class StopException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StopException(String message) {
            super(message);
        }
    }

    @Test
    void timeout() {
        var told = new ArrayList<String>();
        try (CallQueue queue = CallQueue.create()) { // nobody receives
            // @start region=timeout
            try {
                queue.within(Duration.ofMillis(100)).call(() -> fetch("/slow"));
            } catch (CallTimeoutException e) {
                told.add(e.withdrawn() ? "it will never run" : "it still runs");
            }
            String text = queue.within(Duration.ofMillis(100)).callOrElse("nothing", () -> fetch("/slow"));
            // @end region=timeout
            assertEquals(List.of("it will never run"), told);
            assertEquals("nothing", text);
        }
    }

    @Test
    void pumping() {
        try (CallQueue mine = CallQueue.forCurrentThread();
                CallQueue workers = CallQueue.withConsumers(1)) {
            // @start region=pumping
            String text = workers.pumping(mine::receive) // while this thread waits, it serves its own queue
                    .call(() -> mine.call(() -> "from its owner"));
            // @end region=pumping
            assertEquals("from its owner", text);
        }
    }

    @Test
    void bounded() {
        // @start region=bounded
        CallQueue refusing = CallQueue.builder().capacity(100).build(); // further calls: QueueFullException
        CallQueue waiting = CallQueue.builder()
                .capacity(100)
                .whenFull(WhenFull.WAIT) // further callers wait for room
                .build();
        // @end region=bounded
        for (int i = 0; i < 100; i++) {
            refusing.execute(() -> {});
            waiting.execute(() -> {});
        }
        assertThrows(QueueFullException.class, () -> refusing.execute(() -> {}));
        assertThrows(
                CallTimeoutException.class,
                () -> waiting.within(Duration.ofMillis(10)).call(() -> {}));
        refusing.close();
        waiting.close();
    }

    @Test
    void loop() {
        var list = new DefaultListModel<String>();
        // @start region=loop
        CallQueue ui = CallQueue.on(SwingUtilities::invokeLater, SwingUtilities::isEventDispatchThread);

        ui.execute(() -> list.addElement("loaded"));
        int shown = ui.call(list::getSize);
        // @end region=loop
        assertEquals(1, shown);
        assertTrue(ui.call(SwingUtilities::isEventDispatchThread));
        ui.close();
    }

    @Test
    void background() {
        // @start region=background
        Call<String> page = Call.inBackground(() -> fetch("/one")); // a thread of its own
        while (!page.isDone()) {
            show("."); // go on with something else
        }
        show(page.result());
        // @end region=background
        assertEquals("/one", page.result());
    }

    @Test
    void executor() throws Exception {
        try (CallQueue queue = CallQueue.withConsumers(1)) {
            // @start region=executor
            ExecutorService executor = queue.asExecutorService(); // for whoever asks for one
            Future<String> page = executor.submit(() -> fetch("/one"));
            // @end region=executor
            assertEquals("/one", page.get(10, SECONDS));
        }
    }

    @Test
    void builder() {
        var late = new ArrayList<Object>();
        // @start region=builder
        CallQueue downloads = CallQueue.builder()
                .name("downloads") // in thread names, reports and messages
                .consumers(4)
                .capacity(1_000)
                .whenFull(WhenFull.WAIT)
                .onLateResult(late::add) // of calls whose callers have gone
                .build();
        // @end region=builder
        assertTrue(downloads.call(() -> Thread.currentThread().getName()).contains("downloads"));
        downloads.close();
    }

    @Test
    void close() {
        CallQueue queue = CallQueue.create();
        Call<Integer> left = queue.submit(() -> 1);
        // @start region=close
        int ran = queue.closeAndReceive(); // refuses further calls and runs what is left, here and now
        // @end region=close
        assertEquals(1, ran);
        assertEquals(1, left.result());
        assertThrows(QueueClosedException.class, () -> queue.call(() -> 2));
    }

    @Test
    void interrupts() throws Exception {
        var told = new CompletableFuture<Boolean>();
        try (CallQueue queue = CallQueue.create()) { // nobody receives
            var caller = new Thread(() -> {
                // @start region=interrupts
                try {
                    queue.call(() -> fetch("/slow"));
                } catch (CallInterruptedException e) { // not begun: never runs; the flag is set again
                    told.complete(Thread.currentThread().isInterrupted());
                }
                // @end region=interrupts
            });
            caller.start();
            caller.interrupt();
            assertTrue(told.join());
            caller.join();
        }
    }

    @Test
    void target() {
        try (CallQueue queue = CallQueue.withConsumers(1)) {
            // @start region=target
            CallTarget patient =
                    queue.within(Duration.ofSeconds(30)).named("load the page"); // a view of the same queue
            String text = patient.call(() -> fetch("/one"));
            // @end region=target
            assertEquals("/one", text);
            assertNull(queue.raising(Raise.NONE).call(() -> {
                throw new IllegalStateException("nobody is told");
            }));
        }
    }
}
