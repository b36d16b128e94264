package dev.callqueue.soak;

import dev.callqueue.CallQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers call in all ways at once, with failures, time limits, withdrawals and interrupts, until the queue is closed; then
 * every attempt is accounted for.
 */
final class Storm implements Experiment {
    private static final int CALLERS = 4;

    private final long seed;
    private final Map<Attempt.End, Long> ends = new EnumMap<>(Attempt.End.class);
    private final Seen contradictions = new Seen();
    private final Seen unaccounted = new Seen();
    private final Latencies released = new Latencies();
    private long attempted;

    Storm() {
        this(System.nanoTime());
    }

    private Storm(long seed) {
        this.seed = seed;
    }

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        Random random = new Random(seed);
        int storms = trial.repeat(
                3 * Served.ALL.size(),
                200 * Served.ALL.size(),
                round -> storm(trial, Served.ALL.get(round % Served.ALL.size()), random));

        figures.say("%,d storms, %,d attempts", storms, attempted);
        figures.same(
                "accounted for",
                attempted,
                ends.values().stream().mapToLong(Long::longValue).sum());
        figures.say(
                "%,d succeeded + %,d failed + %,d withdrawn + %,d refused",
                count(Attempt.End.SUCCEEDED),
                count(Attempt.End.FAILED),
                count(Attempt.End.WITHDRAWN),
                count(Attempt.End.REFUSED));
        figures.none("contradictions between caller and call", contradictions);
        figures.none("storms in which the listener counted otherwise", unaccounted);
        figures.within("waiters back after at most", released.longest(), Duration.ofSeconds(1));
    }

    private long count(Attempt.End end) {
        return ends.getOrDefault(end, 0L);
    }

    private void storm(Trial trial, Served served, Random random) throws Exception {
        Counting counting = new Counting();
        CallQueue.Builder options = CallQueue.builder().listener(counting);
        if (random.nextBoolean()) {
            options.capacity(1 + random.nextInt(8));
        }
        CallQueue queue = served.open(trial, options);
        Weather weather = new Weather();
        List<Started<Long>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Random own = new Random(random.nextLong());
            callers.add(trial.compute("caller", () -> weather.call(queue, own)));
        }
        Started<?> interrupter = trial.start("interrupter", () -> weather.interrupt(callers, random.nextInt()));

        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(trial.times(20, 40)));
        if (random.nextBoolean()) {
            queue.close();
        } else {
            queue.closeNow();
        }
        long closedNanos = System.nanoTime();
        weather.over = true;
        for (Started<Long> caller : callers) {
            released.add(caller.result() - closedNanos);
        }
        interrupter.result();
        queue.asExecutorService().awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS);
        account(weather.attempts, counting);
    }

    private void account(List<Attempt> attempts, Counting counting) {
        long ran = 0;
        long turnedAway = 0;
        long maybeTurnedAway = 0;
        for (Attempt attempt : attempts) {
            ends.merge(attempt.end(), 1L, Long::sum);
            String contradiction = attempt.contradiction();
            contradictions.unless(contradiction == null, contradiction + ", seed " + seed);
            ran += attempt.runs();
            turnedAway += attempt.wasTurnedAway() ? 1 : 0;
            maybeTurnedAway += attempt.mayHaveBeenTurnedAway() ? 1 : 0;
        }
        attempted += attempts.size();
        long least = attempts.size() - maybeTurnedAway;
        long most = attempts.size() - turnedAway;
        unaccounted.unless(
                counting.agrees(ran, least, most),
                counting.ran() + " of " + ran + " ran, " + counting.unrun() + " did not, " + turnedAway + " to "
                        + maybeTurnedAway + " were turned away: " + attempts.size() + ", seed " + seed);
    }

    /** What happens in one storm, as long as it lasts. */
    private static final class Weather {
        final List<Attempt> attempts = new ArrayList<>(); // guarded by itself until the storm is over
        volatile boolean over;

        /** Calls until it is over; says when that was. */
        long call(CallQueue queue, Random random) {
            List<Attempt> mine = new ArrayList<>();
            while (!over || mine.isEmpty()) {
                mine.add(Attempt.at(queue, random));
            }
            long back = System.nanoTime();
            synchronized (attempts) {
                attempts.addAll(mine);
            }
            return back;
        }

        void interrupt(List<Started<Long>> callers, int first) {
            for (int i = Math.floorMod(first, callers.size()); !over; i = (i + 1) % callers.size()) {
                callers.get(i).thread().interrupt();
                LockSupport.parkNanos(200_000);
            }
        }
    }
}
