package dev.callqueue.examples.museum;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The findings as a page of documentation. */
final class MarkdownPage {
    private static final String SOURCES = "../examples/hang-museum/src/main/java/dev/callqueue/examples/museum";

    private static final String FOOT = """
            ## The command

            | option | |
            | --- | --- |
            | `--only TRAP`, `--contender NAME` | only these; each may be given several times |
            | `--patience TIME` | how long a caller has to wait, with nothing left to wait for, to be called hung (2s) |
            | `--output FILE` | writes this page, too |

            Exit code: 0 callqueue hung nowhere and got nothing wrong, 1 it did, 2 wrong usage, 3 the museum itself failed.
            """;

    private final Exhibition exhibition;
    private final int jdk;
    private final Words words = Words.markdown();

    /** A page about what was seen on this version of Java. */
    MarkdownPage(Exhibition exhibition, int jdk) {
        this.exhibition = exhibition;
        this.jdk = jdk;
    }

    @Override
    public String toString() {
        var page = new StringBuilder();
        page.append(head());
        appendOverview(page);
        appendContenders(page);
        for (Trap trap : exhibition.traps()) {
            append(page, trap);
        }
        return page.append(FOOT).toString();
    }

    private String head() {
        return """
            # The hang museum

            Threads that call each other can hang, and mostly do so without a word. `bin/hang-museum` puts callqueue and what people use
            today into %1$d traps, side by side, and tells what each of them did. It needs a JDK (17 or newer) and builds itself
            the first time; a run takes less than a minute. Each trap is a
            [small program](%2$s/traps), each system is used
            [as its users would](%2$s/contenders), and every caller
            is a thread that is watched. jox joins on JDK 25, which its actors need.

            **Every finding below was seen in one run** on JDK %3$d, which wrote this page:

            ```sh
            bin/hang-museum --output docs/hang-museum.md
            ```

            | | |
            | --- | --- |
            | value | every caller got the right value |
            | an exception | every caller got the right value or this exception, which says why not |
            | **hang** | a caller had waited for %4$s with nothing left to wait for, and was told nothing |
            | **wrong** | all ended, but something is not as it should be |
            | – | the trap cannot be put to this system; the reason is below |

            """.formatted(exhibition.traps().size(), SOURCES, jdk, patience());
    }

    private String patience() {
        long millis = exhibition.patience().toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private void appendOverview(StringBuilder page) {
        List<String> names =
                exhibition.contenders().stream().map(Contender::name).toList();
        page.append("## At a glance\n\n");
        appendRow(page, "", String.join(" | ", names));
        appendRow(page, "---", names.stream().map(name -> "---").collect(Collectors.joining(" | ")));
        for (Trap trap : exhibition.traps()) {
            String cells = exhibition.contenders().stream()
                    .map(contender -> cell(exhibition.finding(trap, contender)))
                    .collect(Collectors.joining(" | "));
            appendRow(page, "[" + trap.title() + "](#" + anchor(trap.title()) + ")", cells);
        }
        page.append('\n');
    }

    private void appendContenders(StringBuilder page) {
        page.append("## What was used, and how\n\n");
        appendRow(page, "", "version | ");
        appendRow(page, "---", "--- | ---");
        for (Contender contender : exhibition.contenders()) {
            appendRow(page, contender.name(), contender.version() + " | " + contender.usage());
        }
        page.append('\n');
    }

    private void append(StringBuilder page, Trap trap) {
        String program = SOURCES + "/traps/" + trap.getClass().getSimpleName() + ".java";
        page.append("## ").append(trap.title()).append("\n\n");
        page.append(trap.story()).append(" [Program](").append(program).append(")\n\n");
        appendRow(page, "", "did | seen");
        appendRow(page, "---", "--- | ---");
        for (Contender contender : exhibition.contenders()) {
            Finding finding = exhibition.finding(trap, contender);
            appendRow(page, contender.name(), cell(finding) + " | " + words.of(finding));
        }
        page.append('\n');
        for (Contender contender : exhibition.contenders()) {
            for (Sighting sighting : exhibition.finding(trap, contender).sightings()) {
                appendLongMessage(page, contender, sighting);
            }
        }
    }

    /** A message of several lines is worth being seen as a whole. */
    private static void appendLongMessage(StringBuilder page, Contender contender, Sighting sighting) {
        if (sighting.outcome() instanceof Outcome.Thrown thrown) {
            String message = String.valueOf(thrown.what().getMessage()).strip();
            if (message.contains("\n")) {
                page.append("What ")
                        .append(contender.name())
                        .append(" tells the ")
                        .append(sighting.caller());
                page.append(":\n\n```\n").append(message).append("\n```\n\n");
            }
        }
    }

    private static void appendRow(StringBuilder page, String first, String others) {
        page.append("| ").append(first).append(" | ").append(others).append(" |\n");
    }

    private static String cell(Finding finding) {
        return switch (finding.verdict()) {
            case VALUE, NONE -> finding.verdict().toString();
            case EXCEPTION -> "`" + finding.brief() + "`";
            case HANG, WRONG ->
                "**" + finding.verdict() + "**" + (finding.brief().isEmpty() ? "" : ": " + finding.brief());
        };
    }

    /** The name by which a heading is linked to: letters and digits in lower case, hyphens for blanks. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
