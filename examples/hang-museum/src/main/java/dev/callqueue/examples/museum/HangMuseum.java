package dev.callqueue.examples.museum;

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
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command: puts callqueue and others into traps, and tells what each of them did. */
@Command(
        name = "hang-museum",
        description = "Puts callqueue and what people use today into the same traps, and tells what each of them did.",
        mixinStandardHelpOptions = true,
        version = "hang-museum 0.1.0",
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit code: 0 callqueue hung nowhere and got nothing wrong, 1 it did, 2 wrong usage, 3 the museum itself failed."
        })
public final class HangMuseum implements Callable<Integer> {
    private static final int UNHURT = 0;
    private static final int HURT = 1;
    private static final int FAILED = 3;

    @Option(names = "--only", paramLabel = "TRAP", description = "Springs only this trap; may be given several times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--contender",
            paramLabel = "NAME",
            description = "Puts only this one into the traps; may be given several times.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            converter = PatienceConverter.class,
            description =
                    "How long a caller has to wait, with nothing left to wait for, to be called hung; 2s or 500ms "
                            + "(default: 2s).")
    private Duration patience = Duration.ofSeconds(2);

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Writes the findings to this file, too, as the Markdown page docs/hang-museum.md.")
    private @Nullable Path output;

    @Spec
    private @Nullable CommandSpec spec;

    private final PrintStream out;

    private HangMuseum(PrintStream out) {
        this.out = out;
    }

    /** Runs the command and ends the program with its exit code, whatever hangs in it. */
    public static void main(String[] args) {
        letContendersDieQuietly();
        System.exit(run(System.out, System.err, args));
    }

    /** What contenders print or log about exceptions that the traps throw on purpose would bury the findings. */
    private static void letContendersDieQuietly() {
        LogManager.getLogManager().reset();
        Thread.setDefaultUncaughtExceptionHandler((thread, expected) -> {});
    }

    /** Runs the command and tells its exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new HangMuseum(out))
                .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, err))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setOut(new PrintWriter(out, true, UTF_8))
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        List<Trap> traps = chosen("trap", only, Catalogue.traps(), Trap::id);
        List<Contender> contenders = chosen("contender", names, Catalogue.contenders(), Contender::id);
        require(output == null || isWritable(output), "--output cannot be written: " + output);

        Exhibition exhibition = new Museum(contenders, traps, patience).open();

        out.print(new TextReport(exhibition));
        if (output != null) {
            Files.writeString(
                    output, new MarkdownPage(exhibition, Runtime.version().feature()).toString());
        }
        return exhibition.isUnhurt("callqueue") ? UNHURT : HURT;
    }

    /** Those that were asked for, in the order in which the museum has them; all if none was. */
    private <E> List<E> chosen(String kind, List<String> ids, List<E> all, Function<E, String> id) {
        List<String> known = all.stream().map(id).toList();
        for (String asked : ids) {
            require(
                    known.contains(asked),
                    "no such " + kind + ": " + asked + "; there are "
                            + known.stream().collect(Collectors.joining(", ")));
        }
        return all.stream()
                .filter(each -> ids.isEmpty() || ids.contains(id.apply(each)))
                .toList();
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(requireNonNull(spec).commandLine(), otherwise);
        }
    }

    private static boolean isWritable(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return !Files.isDirectory(file)
                && (Files.exists(file) ? Files.isWritable(file) : parent != null && Files.isWritable(parent));
    }

    /** What the user can mend is told in one line; a defect, with everything that helps to find it. */
    private static int failed(Exception failure, PrintStream err) {
        if (failure instanceof IOException) {
            err.println("hang-museum: " + failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        return FAILED;
    }
}
