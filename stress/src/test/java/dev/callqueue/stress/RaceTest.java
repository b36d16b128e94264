package dev.callqueue.stress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;

/** Every race, for a moment and in this JVM; {@code bin/jcstress} runs them for long and in others. */
class RaceTest {
    private static final Pattern RACE = Pattern.compile("^    @JCStressTest$", Pattern.MULTILINE);

    /** Short strides have the two actors meet often; yields let them share one CPU. */
    private static final String[] OPTIONS =
            "-iters 1 -time 100 -strideSize 8 -strideCount 8 -spinStyle THREAD_YIELD".split(" ");

    static SortedSet<String> races() {
        return new TreeSet<>(TestList.tests());
    }

    @ParameterizedTest
    @MethodSource("races")
    void nothingForbiddenIsSeen(String race) throws Exception {
        TestResult result = run(TestList.getInfo(race));

        var report = new ByteArrayOutputStream();
        boolean passed = new RaceReport(new TreeSet<>(Set.of(race)), List.of(result))
                .print(new PrintStream(report, true, UTF_8));
        assertTrue(passed, () -> report.toString(UTF_8));
        assertTrue(result.getTotalCount() > 0, "samples");
    }

    private static TestResult run(TestInfo race) throws Exception {
        var options = new Options(OPTIONS);
        assertTrue(options.parse());
        var anywhere = new SchedulingClass(AffinityMode.NONE, race.threads(), NodeType.PACKAGE);
        var config = new TestConfig(options, race, 0, List.of(), CompileMode.UNIFIED, anywhere);
        Runner<?> runner = (Runner<?>) Class.forName(race.generatedRunner())
                .getConstructor(ForkedTestConfig.class)
                .newInstance(new ForkedTestConfig(config));
        TestResult result = runner.run();
        result.setConfig(config);
        return result;
    }

    @Test
    void everyRaceInTheSourcesIsRun() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            long written = sources.filter(Files::isRegularFile)
                    .map(RaceTest::read)
                    .mapToLong(source -> RACE.matcher(source).results().count())
                    .sum();

            assertTrue(written > 0);
            assertEquals(written, races().size());
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noRaceHasMoreActorsThanAMachineWithTwoProcessorsRuns() {
        List<String> left = races().stream()
                .filter(race -> TestList.getInfo(race).threads() > 2)
                .toList();

        assertEquals(List.of(), left);
    }
}
