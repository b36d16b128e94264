package dev.callqueue.examples.linkcheck.server;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Decides which request is to meet which fault. The decision depends on the seed, the path and the number of the
 * attempt only, and a third attempt always succeeds: a checker with two retries finds on a jerky server what it finds
 * on a calm one.
 */
@FunctionalInterface
public interface Faults {
    /** A server without faults. */
    Faults NONE = (path, attempt) -> new Plan(Fault.NONE, Duration.ZERO);

    /**
     * What happens to one request.
     *
     * @param duration how long a stall or a slow body takes
     */
    record Plan(Fault fault, Duration duration) {}

    /**
     * The fate of a request.
     *
     * @param attempt 1 for the first request for this path
     */
    Plan plan(String path, int attempt);

    /** Half of the requests are calm, the others stall, are slow, are reset or fail. */
    static Faults seeded(long seed) {
        return (path, attempt) -> {
            SplittableRandom random = new SplittableRandom(seed * 31 + path.hashCode() * 1_000_003L + attempt);
            int dice = random.nextInt(100);
            Duration duration = Duration.ofMillis(100 + random.nextInt(400));
            if (dice < 50) {
                return new Plan(Fault.NONE, Duration.ZERO);
            }
            if (dice < 70) {
                return new Plan(Fault.STALL, duration);
            }
            if (dice < 85 || attempt > 2) {
                return new Plan(Fault.SLOW_BODY, duration);
            }
            return new Plan(dice < 92 ? Fault.RESET : Fault.ERROR, duration);
        };
    }
}
