package dev.callqueue.soak;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;

/**
 * The program of a {@link ChildJvm}: runs one experiment, and tells on standard output that it goes on and what it has
 * measured.
 */
final class Child {
    private static final String PROGRESS = "progress";
    private static final String FIGURES = "figures ";

    /** The parent's watchdog shall hear of a hang, and see the stacks, before it loses its own patience. */
    private static final Duration PATIENCE = Watchdog.PATIENCE.minusSeconds(12);

    private Child() {}

    /** Runs the experiment that {@link #arguments} has put into words. */
    public static void main(String[] args) throws Exception {
        Quiet.begin();
        PrintStream out = new PrintStream(System.out, true, Charset.defaultCharset());
        out.println(PROGRESS); // has the classes that print loaded while there is memory for them
        Experiment experiment = Class.forName(args[0])
                .asSubclass(Experiment.class)
                .getDeclaredConstructor()
                .newInstance();
        Figures figures = new Watchdog(System.err, PATIENCE)
                .run(args[0], experiment, Effort.parse(args[1]), () -> out.println(PROGRESS));
        out.println(); // in case the memory ran out in the middle of a line
        out.println(FIGURES + figures.verdict().name() + " " + figures);
        System.exit(0);
    }

    /** The command line for an experiment. */
    static List<String> arguments(Class<? extends Experiment> experiment, Effort effort) {
        return List.of(experiment.getName(), effort.print());
    }

    /** Notes the figures in a line of the child's output; false if there are none in it. */
    static boolean readFigures(String line, String label, Figures figures) {
        if (!line.startsWith(FIGURES)) {
            return false;
        }
        String[] parts = line.substring(FIGURES.length()).split(" ", 2);
        figures.add(label, Verdict.valueOf(parts[0]), parts[1]);
        return true;
    }
}
