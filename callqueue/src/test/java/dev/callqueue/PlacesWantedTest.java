package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is among those that wait for a place. */
class PlacesWantedTest {
    private final CallQueue queue = CallQueue.builder().capacity(1).build();
    private final PlacesWanted wanted = new PlacesWanted();
    private final Place one = place();
    private final Place two = place();
    private final Place three = place();

    private Place place() {
        Core core = queue.core();
        return new Place(core, new Call<>(Terms.standard(core), (Callable<Integer>) () -> 1), () -> false);
    }

    @BeforeEach
    void addAll() {
        wanted.add(one);
        wanted.add(two);
        wanted.add(three);
    }

    @Test
    void itIsTheTurnOfWhoCameFirst() {
        assertSame(one, wanted.next());
        wanted.remove(one);
        assertSame(two, wanted.next());
        wanted.remove(two);
        assertSame(three, wanted.next());
        wanted.remove(three);
        assertNull(wanted.next());
    }

    @Test
    void whoeverLeavesTheOthersKeepTheirOrder() {
        wanted.remove(two);
        wanted.remove(three);
        wanted.add(two);

        assertSame(one, wanted.next());
        wanted.remove(one);
        assertSame(two, wanted.next());
        wanted.remove(two);
        assertNull(wanted.next());
    }

    @Test
    void whoDoesSomethingElseIsPassedOverAndKeepsHisTurn() {
        one.attend(null);
        assertSame(two, wanted.next());

        two.attend(null);
        three.attend(null);
        assertNull(wanted.next());
        assertTrue(wanted.include(one.call()));
    }

    @Test
    void whoWasLetInIsNoLongerInTheWay() {
        one.noteLetIn();

        assertSame(two, wanted.next());
        assertFalse(wanted.include(one.call()));
        assertTrue(wanted.include(three.call()));
    }
}
