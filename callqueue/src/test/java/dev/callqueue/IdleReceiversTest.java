package dev.callqueue;

import static dev.callqueue.Delays.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who of the receivers that wait for a call looks, who sleeps, and who is woken. */
class IdleReceiversTest {
    /** How many may look at the same time. */
    private static final int ENOUGH = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final IdleReceivers idle = new IdleReceivers();
    private final List<Receiver> receivers = IntStream.range(0, ENOUGH + 2)
            .mapToObj(i -> new Receiver(new Handful(null)))
            .toList();

    private void putToSleep(List<Receiver> sleepers) {
        sleepers.forEach(each -> {
            idle.look(each);
            idle.sleep(each);
        });
    }

    @Test
    void nobodyIsWokenWhereNobodySleeps() {
        assertFalse(idle.wantToBeWoken());
        assertNull(idle.wakeOne());

        idle.look(receivers.get(0));
        assertFalse(idle.wantToBeWoken());
        assertNull(idle.wakeOne());
    }

    @Test
    void whoLooksLongestBecauseOthersDoMaySleep() {
        for (int i = 0; i < ENOUGH; i++) {
            idle.look(receivers.get(i));
            idle.look(receivers.get(i));
            assertFalse(idle.areEnough(), "only " + (i + 1) + " look");
        }
        idle.look(receivers.get(ENOUGH));
        assertTrue(idle.areEnough());

        idle.sleep(receivers.get(ENOUGH));
        assertFalse(idle.areEnough());
        assertTrue(receivers.get(ENOUGH).asleep);
    }

    @Test
    void whoSleepsIsWokenOnlyIfNobodyLooks() {
        putToSleep(receivers.subList(0, 1));
        assertTrue(idle.wantToBeWoken());

        idle.look(receivers.get(1));
        assertFalse(idle.wantToBeWoken());
        assertNull(idle.wakeOne());

        idle.leave(receivers.get(1));
        assertTrue(idle.wantToBeWoken());
    }

    @Test
    void sleepersAreWokenOneByOneInTheOrderInWhichTheyFellAsleep() {
        putToSleep(receivers);
        for (Receiver next : receivers) {
            assertSame(next, idle.wakeOne());
            assertFalse(next.asleep);
            assertNull(idle.wakeOne(), "he who was woken looks");
            idle.leave(next);
        }
        assertFalse(idle.wantToBeWoken());
    }

    @Test
    void whoLeavesWhileHeSleepsIsNotWokenAnyMore() {
        putToSleep(receivers.subList(0, 2));
        idle.leave(receivers.get(0));
        assertFalse(receivers.get(0).asleep);
        assertFalse(receivers.get(0).isIdle);
        idle.leave(receivers.get(0));

        assertSame(receivers.get(1), idle.wakeOne());
        idle.leave(receivers.get(1));
        assertNull(idle.wakeOne());
    }

    /** Where he slept: first, in the middle, or last. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whoFallsAsleepAfterAnotherHasLeftIsTheLastToBeWoken(int leaving) {
        List<Receiver> sleepers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sleepers.add(new Receiver(new Handful(null)));
        }
        putToSleep(sleepers.subList(0, 3));
        idle.leave(sleepers.get(leaving));
        putToSleep(sleepers.subList(3, 4));
        sleepers.remove(leaving);

        for (Receiver next : sleepers) {
            assertSame(next, idle.wakeOne());
            idle.leave(next);
        }
        assertFalse(idle.wantToBeWoken());
    }

    @Test
    void whoFallsAsleepTwiceSleepsOnce() {
        putToSleep(receivers.subList(0, 1));
        idle.sleep(receivers.get(0));

        assertSame(receivers.get(0), idle.wakeOne());
        idle.leave(receivers.get(0));
        assertFalse(idle.wantToBeWoken());
    }

    @Test
    void allWhoAreWokenLook() {
        putToSleep(receivers);
        idle.wakeAll();
        assertEquals(List.of(), receivers.stream().filter(each -> each.asleep).toList());
        assertTrue(idle.areEnough());

        putToSleep(receivers.subList(0, 1));
        for (Receiver each : receivers.subList(1, receivers.size())) {
            assertFalse(idle.wantToBeWoken());
            idle.leave(each);
        }
        assertTrue(idle.wantToBeWoken());
    }

    @Test
    void whoIsWokenNeedNotPark() {
        putToSleep(List.of(new Receiver(new Handful(null))));
        idle.wakeAll();

        long began = System.nanoTime();
        LockSupport.parkNanos(LONG.toNanos());

        assertTrue(System.nanoTime() - began < LONG.toNanos());
    }
}
