package dev.callqueue.examples.linkcheck;

import java.io.PrintStream;
import java.net.URI;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on one line of a terminal how a crawl goes. */
final class ProgressLine implements Progress {
    private static final int WIDTH = 140;
    private static final int LONGEST_PATH = 40;

    private final long started = System.nanoTime();
    private final int pagesBefore;
    private final ProgressBar bar;

    /** Shows a crawl that begins with some pages done by earlier runs. */
    ProgressLine(PrintStream terminal, int pagesBefore) {
        this.pagesBefore = pagesBefore;
        bar = new ProgressBarBuilder()
                .setTaskName("linkcheck")
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setMaxRenderedLength(WIDTH)
                .hideEta()
                .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
                .build();
    }

    @Override
    public void changed(State state) {
        double seconds = (System.nanoTime() - started) / 1e9;
        bar.maxHint(state.known());
        bar.stepTo(state.done());
        bar.setExtraMessage(" %.0f pages/s, %d broken, %d in flight: %s"
                .formatted(
                        (state.pages() - pagesBefore) / seconds,
                        state.broken(),
                        state.running(),
                        path(state.oldest())));
    }

    @Override
    public void close() {
        bar.close();
    }

    private static String path(String url) {
        String path = url.isEmpty() ? "" : URI.create(url).getRawPath();
        return path.length() <= LONGEST_PATH ? path : "…" + path.substring(path.length() - LONGEST_PATH + 1);
    }
}
