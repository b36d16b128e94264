package dev.callqueue.examples.museum;

import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The findings for a terminal: trap by trap, and then all in one table. */
final class TextReport {
    private final Exhibition exhibition;
    private final Words words = Words.plain();

    TextReport(Exhibition exhibition) {
        this.exhibition = exhibition;
    }

    @Override
    public String toString() {
        var report = new StringBuilder();
        for (Trap trap : exhibition.traps()) {
            append(report, trap);
        }
        appendTable(report);
        return report.toString();
    }

    private void append(StringBuilder report, Trap trap) {
        report.append(trap.title()).append(" (").append(trap.id()).append(")\n");
        for (Contender contender : exhibition.contenders()) {
            Finding finding = exhibition.finding(trap, contender);
            appendLine(report, contender.name(), "%-10s".formatted(word(finding.verdict())) + words.of(finding));
        }
        report.append('\n');
    }

    /** One line for each contender, one column for each trap. */
    private void appendTable(StringBuilder report) {
        appendRow(report, "", trap -> String.valueOf(number(trap)));
        for (Contender contender : exhibition.contenders()) {
            appendRow(
                    report,
                    contender.name(),
                    trap -> word(exhibition.finding(trap, contender).verdict()));
        }
        report.append('\n');
        for (Trap trap : exhibition.traps()) {
            appendLine(report, number(trap) + " " + trap.title(), "");
        }
    }

    private int number(Trap trap) {
        return exhibition.traps().indexOf(trap) + 1;
    }

    private void appendRow(StringBuilder report, String name, Function<Trap, String> cell) {
        String cells =
                exhibition.traps().stream().map(cell).map("%-10s"::formatted).collect(Collectors.joining());
        appendLine(report, name, cells);
    }

    private static void appendLine(StringBuilder report, String name, String rest) {
        report.append("  %-18s%s".formatted(name, rest).stripTrailing()).append('\n');
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case HANG, WRONG -> verdict.toString().toUpperCase(Locale.ROOT);
            case VALUE, EXCEPTION, NONE -> verdict.toString();
        };
    }
}
