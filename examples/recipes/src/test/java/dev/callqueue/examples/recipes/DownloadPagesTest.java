package dev.callqueue.examples.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DownloadPagesTest {
    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
    private static final DownloadPages PROGRAM = new DownloadPages(new PrintStream(PRINTED, true, UTF_8));
    private static SlowSite site;
    private static Map<URI, Integer> sizes;

    @BeforeAll
    static void download() throws Exception {
        try (SlowSite opened = SlowSite.start()) {
            site = opened;
            sizes = PROGRAM.download(site.addresses());
        }
    }

    @Test
    void everyPageIsDownloaded() {
        assertThat(sizes).containsOnlyKeys(site.addresses());
        assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(site.bytes());
    }

    @Test
    void threePagesAreDownloadedAtTheSameTime() {
        assertThat(site.mostInFlight()).isEqualTo(3);
    }

    @Test
    void pagesAreHarvestedAsTheyEnd() {
        assertThat(List.copyOf(sizes.keySet())).isNotEqualTo(site.addresses());
    }

    @Test
    void theMainThreadGoesOnMeanwhile() {
        assertThat(PROGRAM.primesFound()).isPositive();
    }

    @Test
    void everyPageIsShownWhenItIsThere() {
        assertThat(PRINTED.toString(UTF_8)).containsSubsequence("(1 of 6)", "(2 of 6)", "(6 of 6)", "done");
    }
}
