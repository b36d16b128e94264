package dev.callqueue.benchmarks.harness;

/** What kind of machine a figure was taken on, as the ping-pong of two threads in the same rounds has seen it. */
public enum Regime {
    /** Two threads run at the same time: the figures count. */
    QUIET,
    /** All threads share one CPU, because the JVM was told so: the figures of that scenario count. */
    PACKED,
    /** Other threads compute on all CPUs, because the scenario has them do so: its figures count. */
    BUSY,
    /** Something else ran, or there were too few rounds to tell: the figures do not count. */
    DISCARD;

    /** What takes longer was not done by two threads at the same time. */
    private static final double QUIET_NANOS = 1000;

    /** With fewer, nothing is known. */
    private static final int FEWEST = 10;

    /** The regime in which so many CPUs are there and ping-pongs take so long. */
    static Regime of(int cpus, double... pingPongNanos) {
        if (pingPongNanos.length < FEWEST) {
            return DISCARD;
        }
        if (cpus == 1) {
            return PACKED;
        }
        return Spread.of(pingPongNanos).median() <= QUIET_NANOS ? QUIET : DISCARD;
    }

    /** The regime of so many rounds beside threads that compute. */
    public static Regime busy(int rounds) {
        return rounds < FEWEST ? DISCARD : BUSY;
    }

    /** The one of the two in which figures count less. */
    public static Regime worse(Regime one, Regime other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public String toString() {
        return switch (this) {
            case QUIET -> "quiet";
            case PACKED -> "packed";
            case BUSY -> "busy";
            case DISCARD -> "discard";
        };
    }
}
