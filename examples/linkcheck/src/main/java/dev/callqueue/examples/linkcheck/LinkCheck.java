package dev.callqueue.examples.linkcheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command: checks sites for broken links, and reports what it found. */
@Command(
        name = "linkcheck",
        description = "Checks sites for broken links.",
        mixinStandardHelpOptions = true,
        version = "linkcheck 0.1.0",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit code: 0 clean, 1 broken links found, 2 wrong usage, 3 linkcheck itself failed, 130 stopped by Ctrl-C."
        })
public final class LinkCheck implements Callable<Integer> {
    private static final int CLEAN = 0;
    private static final int BROKEN = 1;
    private static final int WRONG_USAGE = 2;
    private static final int FAILED = 3;
    private static final int STOPPED = 130;

    @Mixin
    private final Settings settings = new Settings();

    private final PrintStream out;
    private final PrintStream err;

    private LinkCheck(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the program with its exit code. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs the command and tells its exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        LinkCheck command = new LinkCheck(out, err);
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> command.failed(failure))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setOut(new PrintWriter(out, true, UTF_8))
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        settings.check();
        Path file = settings.storeFile();
        try (Sites sites = Sites.open(settings.inputs(), settings.faults());
                Store store = Store.open(file);
                Check check = settings.isResumed()
                        ? Check.resume(settings, store, sites.starts(), this::progress)
                        : Check.begin(settings, store, sites.starts(), this::progress);
                CtrlC ctrlC = CtrlC.runs(check::stop)) {
            Report report = check.run();
            publish(report);
            if (ctrlC.isPressed()) {
                err.println(
                        "stopped; what was found is kept in " + file + ", and --resume with the same command goes on");
                return STOPPED;
            }
            return report.broken().isEmpty() ? CLEAN : BROKEN;
        }
    }

    private void publish(Report report) throws IOException {
        if (settings.output().isPresent()) {
            try (Writer writer = Files.newBufferedWriter(settings.output().get())) {
                settings.format().writer().write(report, writer);
            }
            err.print(TextReport.summary(report));
        } else {
            Writer writer = new OutputStreamWriter(out, UTF_8);
            settings.format().writer().write(report, writer);
            writer.flush();
        }
    }

    private Progress progress(Totals before) {
        return settings.showsProgress() ? new ProgressLine(err, before.pages()) : Progress.NONE;
    }

    /** What the user can mend is told in one line; a defect, with everything that helps to find it. */
    private int failed(Exception failure) {
        if (failure instanceof IllegalArgumentException || failure instanceof Sites.NoSuchSiteException) {
            err.println("linkcheck: " + failure.getMessage());
            return WRONG_USAGE;
        }
        if (failure instanceof SQLException
                || failure instanceof IOException
                || failure instanceof Crawl.StoreFailedException) {
            err.println("linkcheck: " + failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        return FAILED;
    }
}
