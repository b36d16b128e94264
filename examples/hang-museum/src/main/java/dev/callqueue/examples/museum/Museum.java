package dev.callqueue.examples.museum;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Springs every trap with every contender. Contenders have their turns at the same time, the traps of one do not. */
final class Museum {
    /** What a scene may take beside the patience of those who watch its callers. */
    private static final Duration SETTING = Duration.ofMinutes(3);

    private static final int CALLERS = 5;

    private final List<Contender> contenders;
    private final List<Trap> traps;
    private final Duration patience;

    Museum(List<Contender> contenders, List<Trap> traps, Duration patience) {
        this.contenders = contenders;
        this.traps = traps;
        this.patience = patience;
    }

    /**
     * Runs all. What hangs stays behind in daemon threads, as far as it cannot be freed.
     *
     * @throws SceneFailedException if a trap could not be sprung
     */
    Exhibition open() throws InterruptedException {
        var exhibition = new Exhibition(contenders, traps, patience);
        List<FutureTask<Contender>> tours = new ArrayList<>();
        for (Contender contender : contenders) {
            var tour = new FutureTask<>(() -> tour(contender, exhibition));
            var guide = new Thread(tour, "tour of " + contender.name());
            guide.setDaemon(true);
            guide.start();
            tours.add(tour);
        }
        for (FutureTask<Contender> tour : tours) {
            awaitEnd(tour);
        }
        return exhibition;
    }

    private Contender tour(Contender contender, Exhibition exhibition) throws InterruptedException {
        for (Trap trap : traps) {
            exhibition.add(trap, contender, spring(trap, contender));
        }
        return contender;
    }

    private Finding spring(Trap trap, Contender contender) throws InterruptedException {
        try (var stage = new Stage(patience)) {
            Caller scene = Caller.start("scene of " + trap.id(), () -> trap.spring(contender, stage));
            Outcome outcome =
                    scene.watch(SETTING.plus(patience.multipliedBy(CALLERS))).outcome();
            if (outcome instanceof Outcome.Value found) {
                return (Finding) found.value();
            }
            if (outcome instanceof Outcome.Thrown thrown) {
                if (thrown.what() instanceof NoCounterpart none) {
                    return Finding.none(none);
                }
                throw new SceneFailedException(trap, contender, thrown.what().toString(), thrown.what());
            }
            throw new SceneFailedException(trap, contender, outcome.toString(), null);
        }
    }

    private static void awaitEnd(FutureTask<?> tour) throws InterruptedException {
        try {
            tour.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SceneFailedException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
