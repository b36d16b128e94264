package dev.callqueue.benchmarks.harness;

import java.util.Locale;

/** What a value counts, and how people read it. */
public enum Unit {
    /** Nanoseconds per call, read as a time. */
    TIME("time per call") {
        @Override
        public String show(double nanos) {
            if (nanos < 1e3) {
                return number(nanos) + " ns";
            }
            return nanos < 1e6 ? number(nanos / 1e3) + " µs" : number(nanos / 1e6) + " ms";
        }
    },
    /** Nanoseconds per call, read as calls per microsecond. */
    RATE("million calls per second") {
        @Override
        public String show(double nanos) {
            return number(1e3 / nanos) + " M/s";
        }
    },
    /** Bytes per call, or per queue. */
    BYTES("bytes") {
        @Override
        public String show(double bytes) {
            return number(Math.abs(bytes)) + " B";
        }
    },
    /** Part of one CPU. */
    PERCENT("% of one CPU") {
        @Override
        public String show(double percent) {
            return String.format(Locale.ROOT, "%.2f %%", percent);
        }
    },
    /** How many times what cannot be beaten. */
    TIMES("times the ideal") {
        @Override
        public String show(double times) {
            return String.format(Locale.ROOT, "%.3f ×", times);
        }
    };

    private final String title;

    Unit(String title) {
        this.title = title;
    }

    /** What it counts. */
    public String title() {
        return title;
    }

    /** Whether less of it is faster. */
    public boolean isTime() {
        return this == TIME || this == RATE;
    }

    /** From the tenth to the ninetieth percentile of what people read. */
    public String showRange(Spread spread) {
        boolean reversed = this == RATE; // read the other way round
        return show(reversed ? spread.p90() : spread.p10()) + " .. " + show(reversed ? spread.p10() : spread.p90());
    }

    /** A value for people, with its unit. */
    public abstract String show(double value);

    /** Three digits, as far as there are so many. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= 99.95) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 9.995 ? "%.1f" : "%.2f", value);
    }
}
