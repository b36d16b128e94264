package dev.callqueue.testkit;

import static dev.callqueue.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callqueue.Harvest;
import dev.callqueue.Raise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A function applied to many inputs, which may be endless. */
public abstract class HarvestOfInputsContract extends Contract {
    private final AtomicInteger read = new AtomicInteger();

    /** For subclasses. */
    protected HarvestOfInputsContract() {}

    /** 0, 1, 2 and so on for ever. */
    private Iterator<Integer> endless() {
        return Stream.generate(read::getAndIncrement).iterator();
    }

    private static List<Integer> sorted(Iterable<Harvest.Item<Integer, Integer>> harvest) {
        List<Integer> results = new ArrayList<>();
        harvest.forEach(item -> results.add(item.result()));
        results.sort(null);
        return results;
    }

    @Test
    void everyInputIsHarvestedOnce() {
        List<Integer> inputs = IntStream.range(0, 200).boxed().toList();

        assertEquals(inputs, sorted(target.harvest(inputs, input -> input)));
    }

    @Test
    void lookingAgainAndAgainHarvestsEverythingToo() {
        List<Integer> inputs = IntStream.range(0, 200).boxed().toList();
        var harvest = target.harvest(inputs, input -> input);
        List<Harvest.Item<Integer, Integer>> items = new ArrayList<>();

        eventually(() -> "all harvested: " + queue.report(), () -> {
            items.addAll(harvest.next());
            return harvest.isDone();
        });

        assertEquals(inputs, sorted(items));
    }

    @Test
    void aHarvestOfNoInputsIsDone() {
        var harvest = target.harvest(List.<Integer>of(), input -> input);

        assertTrue(harvest.isDone());
        assertFalse(harvest.iterator().hasNext());
        assertThrows(NoSuchElementException.class, harvest::take);
    }

    @Test
    void itIsBegunByItself() {
        Gate gate = threads.gate();
        try (var harvest = target.harvest(List.of(1), input -> {
            gate.pass();
            return input;
        })) {
            gate.awaitArrival();
            gate.open();

            assertEquals(1, harvest.take().result());
        }
    }

    /** So they may be endless, or more than fits into memory. */
    @Test
    void inputsAreReadLazilyAndOnlySoManyAreUnderWay() {
        try (var harvest = target.harvest(this::endless, input -> input)) {
            for (int i = 1; i <= 300; i++) {
                harvest.take();
                assertTrue(read.get() - i <= 256, read + " read, " + i + " harvested");
            }
        }
    }

    @Test
    void nothingMoreIsReadWhileNobodyHarvests() {
        Gate gate = holdTarget();
        try (var harvest = target.harvest(this::endless, input -> input)) {
            int before = read.get();
            gate.open();
            letAllThreadsPass();

            assertEquals(before, read.get());
            assertEquals(0, harvest.harvested());
        }
    }

    @Test
    void closingEndsAnEndlessHarvest() {
        var harvest = target.harvest(this::endless, input -> input);
        harvest.take();

        harvest.close();
        int before = read.get();

        harvest.forEach(item -> item.call().handle((value, thrown) -> 0).join());
        assertTrue(harvest.isDone());
        assertEquals(before, read.get());
        assertEquals(harvest.submitted(), harvest.harvested());
    }

    @Test
    void failuresDoNotStopAHarvest() {
        var harvest = target.harvest(List.of(0, 1, 2, 3), input -> {
            if (input % 2 == 0) {
                throw new IOException("even");
            }
            return input;
        });
        int failed = 0;
        for (var item : harvest) {
            failed += item.call().isCompletedExceptionally() ? 1 : 0;
        }

        assertEquals(2, failed);
        assertEquals(4, harvest.harvested());
    }

    @Test
    void nullsAreInputs() {
        var harvest = target.harvest(Arrays.asList(null, "text", null), input -> input);
        int nulls = 0;
        for (var item : harvest) {
            nulls += item.input() == null && item.result() == null ? 1 : 0;
        }

        assertEquals(2, nulls);
    }

    @Test
    void inputsThatFailFailTheHarvest() {
        var failure = new IllegalStateException("from the inputs");
        Iterable<Integer> broken = () -> Stream.<Integer>generate(() -> {
                    throw failure;
                })
                .iterator();

        assertThrowsThis(failure, () -> {
            try (var harvest = target.harvest(broken, input -> input)) {
                assertNull(harvest.take());
            }
        });
    }

    @Test
    void itsCallsHaveTheOptionsOfTheView() {
        var harvest = target.raising(Raise.NONE).harvest(List.of(1), input -> {
            throw new IOException("raised nowhere");
        });

        assertNull(harvest.take().result());
    }
}
