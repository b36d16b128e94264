package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The threads inside a receive of one queue. */
class VisitorsTest {
    @AutoClose
    private final Threads threads = new Threads();

    private final Visitors visitors = new Visitors();

    private Receiver receiver() {
        return threads.start("receiver", () -> new Receiver(new Handful(null))).result();
    }

    private List<Receiver> add(int number) {
        List<Receiver> receivers =
                IntStream.range(0, number).mapToObj(i -> receiver()).toList();
        receivers.forEach(visitors::add);
        return receivers;
    }

    @Test
    void nobodyIsThereAtFirst() {
        assertTrue(visitors.isEmpty());
        assertFalse(visitors.isOne());
        assertEquals(List.of(), visitors.all());
        assertEquals(List.of(), visitors.threads());
        assertFalse(visitors.include(Thread.currentThread()));
        assertFalse(visitors.include(null), "an empty place is nobody's");
    }

    @Test
    void whoDoesNotWaitForACallIsBusy() {
        List<Receiver> receivers = add(3);
        assertEquals(3, visitors.busy());

        receivers.get(1).isIdle = true;
        assertEquals(2, visitors.busy());

        visitors.remove(receivers.get(0));
        assertEquals(1, visitors.busy());
    }

    @Test
    void allWhoComeAreThereUntilTheyGo() {
        List<Receiver> receivers = add(5);
        Receiver stranger = receiver();

        for (int gone = 0; gone < receivers.size(); gone++) {
            List<Receiver> there = receivers.subList(gone, receivers.size());
            assertEquals(there.size() == 1, visitors.isOne());
            assertFalse(visitors.isEmpty());
            assertEquals(Set.copyOf(there), Set.copyOf(visitors.all()));
            assertEquals(
                    Set.copyOf(there.stream().map(each -> each.thread).toList()), new HashSet<>(visitors.threads()));
            for (Receiver each : receivers) {
                assertEquals(there.contains(each), visitors.include(each.thread));
                assertSame(there.contains(each) ? each : null, visitors.of(each.thread));
            }
            assertFalse(visitors.include(stranger.thread));
            assertFalse(visitors.include(null));
            assertNull(visitors.of(stranger.thread));

            visitors.remove(receivers.get(gone));
        }
        assertTrue(visitors.isEmpty());
        assertFalse(visitors.isOne());
    }

    @Test
    void thePlaceOfWhoHasGoneIsTakenByWhoComesNext() {
        List<Receiver> receivers = add(2);
        visitors.remove(receivers.get(0));
        Receiver next = add(1).get(0);

        assertEquals(List.of(next, receivers.get(1)), visitors.all());
    }

    @Test
    void whatTheyHaveBegunIsCountedWhileTheyAreThere() {
        List<Receiver> receivers = add(3);
        for (int i = 0; i < 3; i++) {
            for (int n = 0; n <= i; n++) {
                receivers.get(i).countBegun();
            }
        }

        assertEquals(1 + 2 + 3, visitors.begun());
        visitors.remove(receivers.get(1));
        assertEquals(1 + 3, visitors.begun());
    }

    @Test
    void onlyConsumersThatWaitForACallAreIdleConsumers() {
        List<Receiver> receivers = add(4);
        assertEquals(0, visitors.idleConsumers());

        receivers.get(0).isConsumer = true;
        receivers.get(1).isIdle = true;
        assertEquals(0, visitors.idleConsumers());
        for (Receiver both : receivers.subList(2, 4)) {
            both.isConsumer = true;
            both.isIdle = true;
        }
        assertEquals(2, visitors.idleConsumers());
        visitors.remove(receivers.get(3));
        assertEquals(1, visitors.idleConsumers());
    }
}
