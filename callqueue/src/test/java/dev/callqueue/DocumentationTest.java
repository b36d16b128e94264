package dev.callqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples on README and in docs are copies of tested ones, and their links lead somewhere. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final List<Path> SNIPPETS = List.of(
            Path.of("src", "test", "java"),
            ROOT.resolve(Path.of("testkit", "src", "test", "java", "dev", "callqueue", "testkit")));

    /** A marker such as {@code <!-- snippet: quickstart -->} or {@code <!-- snippet: GuideSnippets.ring -->}, and its block. */
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- snippet: (?:(\\w+)\\.)?([\\w-]+) -->\n```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern BLOCK = Pattern.compile("(<!-- [^\n]* -->\n)?```java\n");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md").map(ROOT::resolve),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyExampleIsATestedOne(Path page) throws IOException {
        for (MatchResult example : all(EXAMPLE, Files.readString(page))) {
            String file = example.group(1) == null ? "Snippets" : example.group(1);
            assertEquals(region(file, example.group(2)), example.group(3), example.group(2));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyExampleSaysWhereItIsTestedOrWhyNot(Path page) throws IOException {
        for (MatchResult block : all(BLOCK, Files.readString(page))) {
            String marker = String.valueOf(block.group(1));
            assertTrue(marker.startsWith("<!-- snippet: ") || marker.startsWith("<!-- not compiled: "), marker);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkToAFileLeadsToOne(Path page) throws IOException {
        for (MatchResult link : all(LINK, Files.readString(page))) {
            assertTrue(Files.exists(page.resolveSibling(link.group(1))), link.group(1));
        }
    }

    @Test
    void theReadmeFitsOnTwoScreens() throws IOException {
        assertTrue(Files.readAllLines(ROOT.resolve("README.md")).size() <= 120);
    }

    private static List<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    /** The lines of a region without their common indentation and the tags that only javadoc understands. */
    private static String region(String file, String name) throws IOException {
        var lines = new ArrayList<String>();
        boolean inside = false;
        for (String line : Files.readAllLines(source(file))) {
            if (line.strip().equals("// @end region=" + name)) {
                break;
            }
            if (inside) {
                lines.add(line.replaceFirst("\\s+// @(replace|highlight) .*", ""));
            }
            inside |= line.strip().equals("// @start region=" + name);
        }
        return String.join("\n", lines).stripIndent().strip() + "\n";
    }

    private static Path source(String file) {
        return SNIPPETS.stream()
                .map(folder -> folder.resolve(file + ".java"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
