package dev.callqueue.examples.linkcheck;

import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for people at a terminal. What lies in the site is named by its path. */
final class TextReport implements ReportWriter {
    @Override
    public void write(Report report, Writer out) throws IOException {
        out.write(text(report));
    }

    private static String text(Report report) {
        StringBuilder text = new StringBuilder();
        broken(report, text);
        section(text, "Warnings", report.warnings(), w -> shortened(w.page(), report) + "  " + w.problem());
        section(
                text,
                "Slowest",
                report.slowest(),
                slow -> String.format(Locale.ROOT, "%7d ms  %s", slow.millis(), shortened(slow.page(), report)));
        section(
                text,
                "Answers",
                List.copyOf(report.statusCounts().entrySet()),
                count -> String.format(
                        Locale.ROOT,
                        "%7d  %s",
                        count.getValue(),
                        count.getKey().equals("0") ? "none" : count.getKey()));
        section(text, "Limits", report.limits(), limit -> limit);
        return text.append(summary(report)).toString();
    }

    /** The last lines of the report: all of it in figures. */
    static String summary(Report report) {
        String sites = report.sites().stream()
                .map(site -> site.input().equals(site.url()) ? site.url() : site.input() + " at " + site.url())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "Checked %s%n%,d pages, %,d links, %,d broken, %.1f s, %.0f pages/s, %d consumers%n%s%s",
                sites,
                report.pages(),
                report.links(),
                report.broken().size(),
                report.seconds(),
                report.pagesPerSecond(),
                report.consumers(),
                report.notChecked() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%,d targets not looked at: outside the sites, or excluded%n",
                                report.notChecked()),
                report.complete() ? "" : String.format("Stopped before the end%n"));
    }

    private static void broken(Report report, StringBuilder text) {
        Map<String, List<Report.BrokenLink>> byPage = report.broken().stream()
                .collect(Collectors.groupingBy(Report.BrokenLink::page, LinkedHashMap::new, Collectors.toList()));
        section(text, "Broken links", List.copyOf(byPage.entrySet()), page -> {
            String name = page.getKey().isEmpty() ? "(command line)" : shortened(page.getKey(), report);
            return page.getValue().stream()
                    .map(link -> "    " + shortened(link.link(), report) + "  " + link.problem())
                    .collect(Collectors.joining("\n", name + "\n", ""));
        });
    }

    private static <T> void section(
            StringBuilder text, String title, List<T> items, java.util.function.Function<T, String> line) {
        if (!items.isEmpty()) {
            text.append(title).append('\n');
            items.forEach(item -> text.append("  ").append(line.apply(item)).append('\n'));
            text.append('\n');
        }
    }

    /** With one site only, the path says it all. */
    private static String shortened(String url, Report report) {
        if (report.sites().size() == 1) {
            String origin = report.sites().get(0).origin();
            if (!origin.isEmpty() && url.startsWith(origin + "/")) {
                return url.substring(origin.length());
            }
        }
        return url;
    }
}
