package dev.callqueue.stress;

import static java.util.stream.Collectors.toSet;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/** What was seen in a run, one line for each race. */
final class RaceReport {
    private final SortedSet<String> wanted;
    private final List<TestResult> results;

    /**
     * The report of a run.
     *
     * @param wanted the names of the races that should have run
     * @param results what jcstress tells of each that did
     */
    RaceReport(SortedSet<String> wanted, List<TestResult> results) {
        this.wanted = wanted;
        this.results = results.stream()
                .sorted(Comparator.comparing(TestResult::getName))
                .toList();
    }

    /** Prints the report; says whether all races ran and nothing forbidden was seen. */
    boolean print(PrintStream out) {
        printRow(out, "race", "samples", "forbidden", "status");
        results.forEach(result -> print(result, out));
        SortedSet<String> missing = missing();
        missing.forEach(name -> out.println(shortName(name) + " did not run"));

        long samples = results.stream().mapToLong(TestResult::getTotalCount).sum();
        long forbidden = results.stream().mapToLong(RaceReport::forbidden).sum();
        long errors = results.stream().filter(RaceReport::isError).count();
        out.printf(
                "%n%d of %d races ran, %,d samples, %,d forbidden outcomes, %d errors%n",
                results.size(), wanted.size(), samples, forbidden, errors);
        return missing.isEmpty() && forbidden == 0 && errors == 0;
    }

    private SortedSet<String> missing() {
        Set<String> ran = results.stream().map(TestResult::getName).collect(toSet());
        SortedSet<String> missing = new TreeSet<>(wanted);
        missing.removeAll(ran);
        return missing;
    }

    private static void print(TestResult result, PrintStream out) {
        printRow(out, shortName(result.getName()), result.getTotalCount(), forbidden(result), result.status());
        for (GradingResult outcome : result.grading().gradingResults.values()) {
            if (outcome.expect == FORBIDDEN && outcome.count > 0) {
                out.printf("    %,d times: %s (%s)%n", outcome.count, outcome.id, outcome.description);
            }
        }
        if (isError(result)) {
            result.getMessages().forEach(message -> out.println("    " + message));
        }
    }

    private static void printRow(PrintStream out, Object race, Object samples, Object forbidden, Object status) {
        out.printf("%-44s %12s %10s  %s%n", race, samples, forbidden, status);
    }

    private static String shortName(String name) {
        return name.substring(RaceReport.class.getPackageName().length() + 1);
    }

    private static long forbidden(TestResult result) {
        return result.grading().gradingResults.values().stream()
                .filter(outcome -> outcome.expect == FORBIDDEN)
                .mapToLong(outcome -> outcome.count)
                .sum();
    }

    private static boolean isError(TestResult result) {
        return result.status() != Status.NORMAL;
    }
}
