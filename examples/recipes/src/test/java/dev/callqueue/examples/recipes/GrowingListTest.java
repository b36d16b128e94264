package dev.callqueue.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callqueue.OwnerGoneException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GrowingListTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final GrowingList list = new GrowingList(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @BeforeEach
    void start() {
        list.start();
    }

    @Test
    void theListGrowsFromSnapshotToSnapshot() throws Exception {
        assertThat(list.watch()).isSorted().hasSize(3);
    }

    @Test
    void theOwnerIsStoppedByACallThatRaisesInIt() throws Exception {
        list.watch();

        assertThat(list.owner().isAlive()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("the owner has ended: stop");
    }

    @Test
    void whoCallsAStoppedOwnerIsTold() throws Exception {
        list.watch();

        assertThatExceptionOfType(OwnerGoneException.class).isThrownBy(list::snapshot);
    }

    @Test
    void aPersonSeesWhatHappens() throws Exception {
        list.watch();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence("first snapshot", "second snapshot", "at the end", "a further call");
    }
}
