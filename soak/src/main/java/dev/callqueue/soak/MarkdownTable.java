package dev.callqueue.soak;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The measured table of faults for people to read. */
final class MarkdownTable {
    private final String command;
    private final double loadBefore =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

    /** A table of what this command measures, which is about to begin. */
    MarkdownTable(String command) {
        this.command = command;
    }

    /** Writes it. */
    void write(List<Measured> all, PrintWriter out) {
        long good = all.stream().filter(each -> each.verdict().isGood()).count();
        out.printf(
                "`%s` on %s %s, %s %s, %d processors, load %.1f before: %d of %d rows as they must be.%n%n",
                command,
                System.getProperty("java.vendor"),
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                good,
                all.size());
        out.println("| # | fault | target | measured | verdict | took |");
        out.println("| --: | --- | --- | --- | --- | --: |");
        for (Measured each : all) {
            out.printf(
                    "| %d | %s | %s | %s | %s | %s |%n",
                    each.row().number(),
                    each.row().fault(),
                    each.row().target(),
                    each.figures().replace("|", "\\|"),
                    each.verdict(),
                    Figures.time(each.took()));
        }
        out.flush();
    }
}
