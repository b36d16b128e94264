package dev.callqueue.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.callqueue.benchmarks.contender.Peers;
import dev.callqueue.benchmarks.harness.SamplesFile;
import dev.callqueue.benchmarks.harness.Settings;
import dev.callqueue.benchmarks.report.Goals;
import dev.callqueue.benchmarks.report.Judgement;
import dev.callqueue.benchmarks.report.ResultsPage;
import dev.callqueue.benchmarks.scenario.Findings;
import dev.callqueue.benchmarks.scenario.OwnJvm;
import dev.callqueue.benchmarks.scenario.Scenario;
import dev.callqueue.benchmarks.scenario.Scenarios;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command: measures callqueue beside its peers. */
@Command(
        name = "benchmark",
        description = "Measures callqueue beside what people use today, in short bursts of all of them in turn.",
        mixinStandardHelpOptions = true,
        version = "benchmark 0.1.0",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit code: 0 measured (goals met or not), 1 the guard found a gross regression, 2 wrong usage,",
            "3 a benchmark failed."
        })
public final class Benchmark implements Callable<Integer> {
    private static final int MEASURED = 0;
    private static final int REGRESSION = 1;
    private static final int FAILED = 3;

    private static final int ROUNDS = 60;
    private static final int FULL_ROUNDS = 200;
    private static final int GUARD_ROUNDS = 40;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--full", description = "More rounds, and curves to their ends.")
    private boolean full;

    @Option(
            names = "--guard",
            description = "Two minutes at most, and no page: fails if callqueue is slower by far than it must ever be.")
    private boolean guard;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SCENARIO",
            description = "Only these scenarios. The page goes to standard output and, with --output, into files.")
    private List<String> only = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each contender has its turn (60; 200 if full).")
    private @Nullable Integer rounds;

    @Option(
            names = "--burst",
            paramLabel = "MILLIS",
            defaultValue = "25",
            description = "How long a turn lasts (${DEFAULT-VALUE}).")
    private int burstMillis;

    @Option(names = "--output", paramLabel = "DIR", description = "Where page and charts go (docs/performance).")
    private @Nullable Path output;

    @Option(names = "--samples", paramLabel = "FILE", description = "Write all values of all rounds there, too.")
    private @Nullable Path samples;

    @Option(
            names = "--findings",
            hidden = true,
            description = "Write what was found there, for the JVM that asked for it.")
    private @Nullable Path findingsFile;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Option(names = "--list", description = "List scenarios and contenders, and measure nothing.")
    private boolean list;

    @Option(names = "--root", hidden = true, description = "The checkout, set by bin/benchmark.")
    private Path root = Path.of("");

    private final PrintStream out;
    private final PrintStream err;

    private Benchmark(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the program with its exit code. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs the command and tells its exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        Benchmark command = new Benchmark(out, err);
        return new CommandLine(command)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    failure.printStackTrace(err);
                    return FAILED;
                })
                .setErr(new PrintWriter(err, true, UTF_8))
                .setOut(new PrintWriter(out, true, UTF_8))
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            list();
            return MEASURED;
        }
        if (guard && (full || !only.isEmpty() || output != null)) {
            throw wrong("--guard goes with none of --full, --only, --output");
        }
        Settings settings;
        List<Scenario> scenarios;
        try {
            settings = settings();
            scenarios = scenarios();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        return guard ? guard(scenarios, settings) : measure(scenarios, settings);
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private Settings settings() {
        int usual = full ? FULL_ROUNDS : guard ? GUARD_ROUNDS : ROUNDS;
        return new Settings(rounds == null ? usual : rounds, Duration.ofMillis(burstMillis), full);
    }

    private List<Scenario> scenarios() {
        if (guard) {
            return Scenarios.quick();
        }
        return only.isEmpty()
                ? Scenarios.all()
                : only.stream().map(Scenarios::named).toList();
    }

    private void list() {
        out.println("scenarios:");
        Scenarios.all().forEach(each -> out.printf("  %-18s %s%n", each.id(), each.title()));
        out.println("contenders:");
        Peers.all().forEach(each -> out.printf("  %-18s %s%n", each.id(), each.title()));
    }

    private int measure(List<Scenario> scenarios, Settings settings) throws Exception {
        boolean alone = scenarios.size() == 1;
        List<Scenario> apart = alone
                ? scenarios
                : scenarios.stream().<Scenario>map(OwnJvm::new).toList();
        Findings findings = run(apart, settings);
        if (findingsFile != null) {
            findings.write(findingsFile);
        }
        ResultsPage page = new ResultsPage(findings, scenarios, settings, commandLine());
        out.print(page.text());
        out.flush();
        Path folder = output != null ? output : only.isEmpty() ? root.resolve("docs/performance") : null;
        if (folder != null) {
            page.write(folder);
            say("written: " + folder.resolve("results.md"));
        }
        return MEASURED;
    }

    private int guard(List<Scenario> scenarios, Settings settings) throws Exception {
        Findings findings = run(scenarios, settings);
        List<Judgement> judgements = Goals.judgeByLeast(findings);
        judgements.forEach(each -> out.println(each.counts() ? each : each + ": does not count"));
        List<String> suspects = missed(judgements);
        if (suspects.isEmpty()) {
            return MEASURED;
        }
        say("once more, to be sure: " + suspects);
        Findings second = run(
                scenarios.stream().filter(each -> suspects.contains(each.id())).toList(), settings);
        List<Judgement> again = Goals.judgeByLeast(second);
        again.stream().filter(Judgement::isMissedByFar).forEach(each -> out.println("REGRESSION " + each));
        return missed(again).isEmpty() ? MEASURED : REGRESSION;
    }

    /** The scenarios in which something is slower by far than it must ever be. */
    private static List<String> missed(List<Judgement> judgements) {
        return judgements.stream()
                .filter(Judgement::isMissedByFar)
                .map(each -> each.measurement().scenario())
                .distinct()
                .toList();
    }

    private Findings run(List<Scenario> scenarios, Settings settings) throws Exception {
        Findings findings = new Findings();
        for (Scenario scenario : scenarios) {
            long begun = System.nanoTime();
            scenario.run(settings, findings);
            say(String.format(
                    "%-18s %4d s",
                    scenario.id(), Duration.ofNanos(System.nanoTime() - begun).toSeconds()));
        }
        if (samples != null) {
            SamplesFile.write(findings.measurements(), samples);
        }
        return findings;
    }

    private String commandLine() {
        List<String> words = new ArrayList<>(List.of("bin/benchmark"));
        if (full) {
            words.add("--full");
        }
        if (!only.isEmpty()) {
            words.add("--only " + String.join(",", only));
        }
        if (rounds != null) {
            words.add("--rounds " + rounds);
        }
        if (burstMillis != 25) {
            words.add("--burst " + burstMillis);
        }
        return String.join(" ", words);
    }

    private void say(String words) {
        if (!quiet) {
            err.println("benchmark: " + words);
        }
    }
}
