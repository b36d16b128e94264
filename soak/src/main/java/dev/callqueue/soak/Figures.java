package dev.callqueue.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an experiment has seen, figure by figure; one that is not as it must be decides the verdict. Thread-safe. */
final class Figures {
    private final Trial trial;
    private final List<String> texts = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();
    private Verdict verdict = Verdict.MET;

    Figures(Trial trial) {
        this.trial = trial;
    }

    /** Notes a figure that cannot be wrong. */
    @SuppressWarnings("AnnotateFormatMethod") // that annotation would be a dependency
    void say(String format, Object... values) {
        add(true, String.format(Locale.ROOT, format, values));
    }

    /** Notes a figure, and whether it is as it must be. */
    @SuppressWarnings("AnnotateFormatMethod")
    void check(boolean met, String format, Object... values) {
        add(met, String.format(Locale.ROOT, format, values));
    }

    /** Notes how often something was seen that must never be. */
    void none(String what, long count) {
        add(count == 0, number(count) + " " + what);
    }

    /** Notes how often something was seen that must never be, and an example of it. */
    void none(String what, Seen seen) {
        add(seen.count() == 0, number(seen.count()) + " " + what + seen.example());
    }

    /** Notes that of two numbers, which must be equal. */
    void same(String what, long expected, long actual) {
        add(expected == actual, number(actual) + (expected == actual ? "" : " of " + number(expected)) + " " + what);
    }

    /** Notes the longest time something took, which must not be above the limit. */
    void within(String what, Duration longest, Duration limit) {
        boolean met = longest.compareTo(limit.multipliedBy(trial.effort().tolerance())) <= 0;
        add(met, what + " " + time(longest) + (met ? "" : " instead of " + time(limit)));
    }

    /** Notes the longest of those times, which must not be above the limit; if it is, what it was that took so long. */
    void within(String what, Latencies times, Duration limit) {
        boolean met =
                times.longest().compareTo(limit.multipliedBy(trial.effort().tolerance())) <= 0;
        within(what + (met ? "" : " (" + times.ofLongest() + ")"), times.longest(), limit);
    }

    /** Notes what another JVM has measured. */
    synchronized void add(String where, Verdict verdict, String figures) {
        texts.add(where + ": " + figures + (verdict.isGood() ? "" : " (" + verdict + ")"));
        worsen(verdict);
    }

    /** Notes why nothing can be measured here. */
    synchronized void notApplicable(String why) {
        texts.add(why);
        verdict = Verdict.NOT_APPLICABLE;
    }

    /** Notes that the experiment itself went wrong. */
    synchronized void fail(Verdict how, String why) {
        texts.add(why);
        bad.add(why);
        worsen(how);
    }

    private synchronized void add(boolean met, String text) {
        texts.add(met ? text : "**" + text + "**");
        if (!met) {
            bad.add(text);
            worsen(Verdict.NOT_MET);
        }
    }

    private void worsen(Verdict to) {
        if (!to.isGood() && verdict != Verdict.HANG) {
            verdict = to;
        }
    }

    /** Notes only that another experiment's figures are as they must be, or those that are not. */
    synchronized void sumUp(Figures other) {
        if (other.verdict().isGood()) {
            texts.add("green");
        } else {
            texts.add(String.join("; ", other.bad));
            worsen(other.verdict());
        }
    }

    synchronized Verdict verdict() {
        return verdict;
    }

    /** All figures in one line. */
    @Override
    public synchronized String toString() {
        return String.join("; ", texts).replaceAll("\\s*\\R\\s*", " / ");
    }

    /** A number with its thousands set apart. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A time as people read it: three digits and a unit. */
    static String time(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds >= 1) {
            return String.format(Locale.ROOT, seconds < 100 ? "%.1f s" : "%,.0f s", seconds);
        }
        double millis = seconds * 1e3;
        if (millis >= 1) {
            return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
        }
        return String.format(Locale.ROOT, "%.0f µs", millis * 1e3);
    }

    /** An amount of memory in megabytes. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }
}
