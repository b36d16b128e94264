package dev.callqueue.examples.museum;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was seen, in words.
 *
 * @param code how code is written among the words
 */
record Words(UnaryOperator<String> code) {
    private static final int LONGEST = 140;

    /** What tells one object from another, in this run only. */
    private static final Pattern ADDRESS = Pattern.compile("[@/](0x)?\\p{XDigit}{4,16}\\b");

    /** Words for a terminal. */
    static Words plain() {
        return new Words(UnaryOperator.identity());
    }

    /** Words for a cell of a Markdown table. */
    static Words markdown() {
        return new Words(text -> "`" + text.replace('`', '\'').replace("|", "\\|") + "`");
    }

    /** What was found, in a line. */
    String of(Finding finding) {
        String seen = finding.sightings().stream().map(this::of).collect(Collectors.joining("; "));
        String comma = seen.isEmpty() || finding.note().isEmpty() ? "" : "; ";
        return seen + comma + finding.note();
    }

    private String of(Sighting sighting) {
        return sighting.caller() + ": " + of(sighting.outcome());
    }

    private String of(Outcome outcome) {
        if (outcome instanceof Outcome.Value got) {
            return String.valueOf(got.value());
        }
        if (outcome instanceof Outcome.Thrown thrown) {
            return Causes.of(thrown.what()).stream()
                    .map(cause -> code.apply(firstLine(cause)))
                    .collect(Collectors.joining(" ← "));
        }
        return "waits in " + code.apply(((Outcome.Hung) outcome).where());
    }

    /** The type and the first line of the message, unless that only repeats the cause. */
    private static String firstLine(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        String message = thrown.getMessage();
        if (message == null || message.contains(String.valueOf(thrown.getCause()))) {
            return type;
        }
        String line = ADDRESS.matcher(message.lines().findFirst().orElse("")).replaceAll("");
        return type + ": " + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
    }
}
