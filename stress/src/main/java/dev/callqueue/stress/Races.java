package dev.callqueue.stress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.ReportUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: runs the races in JVMs of their own, in all modes of the compilers, and tells what was seen. */
@Command(
        name = "jcstress",
        description = {
            "Runs every race of two steps in the life of a call in JVMs of their own: interpreted, compiled by C1, by C2, "
                    + "and by C2 with random schedules. What jcstress writes goes to the current directory."
        },
        mixinStandardHelpOptions = true,
        version = "jcstress 0.16",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit code: 0 all races ran and nothing forbidden was seen, 1 something forbidden or an error was seen or a race "
                    + "did not run, 2 wrong usage, 3 the command itself failed."
        })
public final class Races implements Callable<Integer> {
    private static final int FAILED = 3;

    /** How thorough, by the names that jcstress has for it. */
    enum Mode {
        SANITY,
        QUICK,
        DEFAULT,
        TOUGH
    }

    @Option(
            names = "--mode",
            defaultValue = "default",
            description = "How thorough: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Mode mode = Mode.DEFAULT;

    @Option(
            names = "--filter",
            paramLabel = "REGEX",
            defaultValue = ".*",
            description = "Only the races whose names contain this, such as Withdrawing.VersusRun.")
    private Pattern filter = Pattern.compile(".*");

    private final PrintStream out;
    private final PrintStream err;

    private Races(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the program with its exit code. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs the command and tells its exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new Races(out, err))
                .setCaseInsensitiveEnumValuesAllowed(true)
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
        var options = new Options(options());
        if (!options.parse()) {
            throw new IllegalStateException("jcstress does not understand its own options");
        }
        var jcstress = new JCStress(options);
        SortedSet<String> wanted = jcstress.getTests();
        if (wanted.isEmpty()) {
            err.println("jcstress: no race has a name that contains " + filter);
            return CommandLine.ExitCode.USAGE;
        }
        runToTheEnd(jcstress);
        return new RaceReport(wanted, results(options)).print(out)
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    /**
     * Whole JVMs in one mode of the compiler, because a race goes far into the library, and split compilation would be for
     * its actors only; and short strides, because where one begins the actors surely meet.
     */
    private String[] options() {
        String preset = mode.name().toLowerCase(Locale.ROOT);
        return new String[] {
            "-m",
            preset,
            "-t",
            filter.pattern(),
            "-sc",
            "false",
            "-strideSize",
            "8",
            "-strideCount",
            "32",
            "-spinStyle",
            "THREAD_YIELD"
        };
    }

    private static void runToTheEnd(JCStress jcstress) throws Exception {
        try {
            jcstress.run();
        } catch (AssertionError failedRaces) {
            return; // all have run, and the report tells which failed
        }
    }

    private static List<TestResult> results(Options options) throws Exception {
        var collector = new InProcessCollector();
        var file = new DiskReadCollector(options.getResultFile(), collector);
        try {
            file.dump();
        } finally {
            file.close();
        }
        return ReportUtils.mergedByName(collector.getTestResults());
    }
}
