package dev.callqueue.examples.linkcheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command did, run within the test. */
record Checked(int exitCode, String out, String err) {
    /** Runs the command with a store in this directory. */
    static Checked run(Path directory, String... args) {
        String[] all = Stream.concat(
                        Stream.of("--store", directory.resolve("store.sqlite").toString()), Stream.of(args))
                .toArray(String[]::new);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = LinkCheck.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), all);
        return new Checked(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** Runs the command for its JSON report. */
    static Checked json(Path directory, String... args) {
        return run(
                directory,
                Stream.concat(Stream.of("--format", "json"), Stream.of(args)).toArray(String[]::new));
    }

    JsonNode report() {
        return JsonMapper.shared().readTree(out);
    }

    /** The broken links, each as page, link and problem with a blank between, sites by their paths. */
    Set<String> broken() {
        Set<String> lines = new TreeSet<>();
        report().get("broken")
                .forEach(b -> lines.add(
                        shortened((text(b, "page") + " " + text(b, "link") + " " + text(b, "problem")).trim())));
        return lines;
    }

    /** The warnings, each as page and problem with a blank between, sites by their paths. */
    List<String> warnings() {
        return report().get("warnings")
                .valueStream()
                .map(w -> shortened(text(w, "page") + " " + text(w, "problem")))
                .toList();
    }

    int count(String field) {
        return report().get(field).asInt();
    }

    private String shortened(String line) {
        String shortened = line;
        for (JsonNode site : report().get("sites")) {
            String origin = text(site, "origin");
            shortened = origin.isEmpty() ? shortened : shortened.replace(origin, "");
        }
        return shortened;
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }
}
