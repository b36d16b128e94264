package dev.callqueue.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command: brings about the faults of the table, and holds what comes of it against the targets. */
@Command(
        name = "soak",
        description = "Brings about the faults that callqueue must withstand, and measures whether it does.",
        mixinStandardHelpOptions = true,
        version = "soak 0.1.0",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit code: 0 all targets met, 1 one was not met or something hung, 2 wrong usage, 3 soak itself failed."
        })
public final class Soak implements Callable<Integer> {
    private static final int ALL_MET = 0;
    private static final int NOT_MET = 1;
    private static final int FAILED = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--short", description = "A little of everything, within two minutes.")
    private boolean brief;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "How long the endurance runs (rows 10 and 12) last, each; by default 10.")
    private @Nullable Integer minutes;

    @Option(names = "--only", paramLabel = "ROW", split = ",", description = "Only these rows of the table.")
    private Set<Integer> only = new TreeSet<>();

    @Option(names = "--output", paramLabel = "FILE", description = "Write the table there, too.")
    private @Nullable Path output;

    private final PrintStream out;
    private final PrintStream err;
    private final List<Row> rows;
    private final String command;

    private Soak(PrintStream out, PrintStream err, List<Row> rows, String... args) {
        this.out = out;
        this.err = err;
        this.rows = rows;
        this.command =
                "bin/soak" + List.of(args).stream().map(each -> " " + each).collect(Collectors.joining());
    }

    /** Runs the command and ends the program with its exit code. */
    public static void main(String[] args) {
        Quiet.begin();
        System.exit(run(System.out, System.err, TableOfFaults.rows(), args));
    }

    /** Runs the command on these rows and tells its exit code. */
    static int run(PrintStream out, PrintStream err, List<Row> rows, String... args) {
        return new CommandLine(new Soak(out, err, rows, args))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setOut(new PrintWriter(out, true, UTF_8))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    failure.printStackTrace(err);
                    return FAILED;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        Effort effort = effort();
        List<Row> chosen = chosenRows();
        checkOutput();
        MarkdownTable table = new MarkdownTable(command);
        List<Measured> all = measure(chosen, effort, table);
        table.write(all, new PrintWriter(out, true, UTF_8));
        return all.stream().allMatch(each -> each.verdict().isGood()) ? ALL_MET : NOT_MET;
    }

    private Effort effort() {
        if (brief && minutes != null) {
            throw wrong("--short and --minutes exclude each other");
        }
        if (minutes != null && minutes < 1) {
            throw wrong("--minutes must be at least 1: " + minutes);
        }
        return brief ? Effort.brief(1) : Effort.full(Duration.ofMinutes(minutes == null ? 10 : minutes));
    }

    private List<Row> chosenRows() {
        Set<Integer> known = rows.stream().map(Row::number).collect(Collectors.toSet());
        for (Integer each : only) {
            if (!known.contains(each)) {
                throw wrong("--only knows no row " + each);
            }
        }
        return rows.stream()
                .filter(row -> only.isEmpty() || only.contains(row.number()))
                .toList();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(requireNonNull(spec).commandLine(), message);
    }

    private void checkOutput() {
        if (output != null) {
            Path directory = output.toAbsolutePath().getParent();
            if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(output)) {
                throw wrong("--output cannot be written: " + output);
            }
        }
    }

    private List<Measured> measure(List<Row> chosen, Effort effort, MarkdownTable table)
            throws InterruptedException, IOException {
        Watchdog watchdog = new Watchdog(err, Watchdog.PATIENCE);
        List<Measured> all = new ArrayList<>();
        for (Row row : chosen) {
            Measured measured = watchdog.measure(row, effort);
            err.println("row " + row.number() + ", " + row.fault() + ": " + measured.verdict() + " ("
                    + Figures.time(measured.took()) + ")");
            all.add(measured);
            if (output != null) {
                write(table, all, output); // after each row: the whole table takes long
            }
        }
        return all;
    }

    private static void write(MarkdownTable table, List<Measured> all, Path file) throws IOException {
        try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
            table.write(all, writer);
        }
    }
}
