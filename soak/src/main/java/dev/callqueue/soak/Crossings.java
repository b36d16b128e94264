package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.CallTarget;
import dev.callqueue.CallTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Chains of calls that cross each other, so that nobody could ever go on: one of them is told, and the others go on. */
final class Crossings implements Experiment {
    /** When a deadlock that nobody is told of is given up. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private static final Duration LIMIT = Duration.ofMillis(100);

    private final Latencies untilTold = new Latencies();
    private final Seen silent = new Seen();
    private final Seen wrong = new Seen();
    private final Seen unnamed = new Seen();
    private long timedOut;

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        Link[] links = Link.values();
        trial.repeat(2 * links.length, 100 * links.length, round -> {
            for (int length = 2; length <= 8; length += 2) {
                ring(length, links[round % links.length], trial);
            }
            poolInARing(2 + round % 3, trial);
            acrossPools(1 + round % 3, trial);
        });

        figures.say("%,d deadlocks", untilTold.count());
        figures.within("told after at most", untilTold.longest(), Duration.ofMillis(100));
        figures.say("%,d cycles ended by a limit", timedOut);
        figures.none("silent", silent);
        figures.none("wrong outcomes", wrong);
        figures.none("messages without a thread or a call of the cycle", unnamed);
    }

    /** How one owner waits for the next. */
    private enum Link {
        CALL {
            @Override
            int through(CallTarget target, boolean first) {
                return target.call(() -> 1);
            }
        },
        RESULT {
            @Override
            int through(CallTarget target, boolean first) {
                return target.submit(() -> 1).result();
            }
        },
        GET {
            @Override
            int through(CallTarget target, boolean first) throws Exception {
                return target.submit(() -> 1).get();
            }
        },
        JOIN {
            @Override
            int through(CallTarget target, boolean first) {
                return target.submit(() -> 1).join();
            }
        },
        HARVEST {
            @Override
            int through(CallTarget target, boolean first) {
                return target.harvest(List.of(1), input -> input).take().result();
            }
        },
        FIRST_IS_LIMITED {
            @Override
            int through(CallTarget target, boolean first) {
                return (first ? target.within(LIMIT) : target).call(() -> 1);
            }
        },
        ALL_ARE_LIMITED {
            @Override
            int through(CallTarget target, boolean first) {
                return target.within(LIMIT).call(() -> 1);
            }
        };

        abstract int through(CallTarget target, boolean first) throws Exception;

        boolean mayTimeOut() {
            return this == FIRST_IS_LIMITED || this == ALL_ARE_LIMITED;
        }
    }

    /** A ring of owners, each of which waits for the next. */
    private void ring(int length, Link link, Trial trial) throws Exception {
        List<CallQueue> ring = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            ring.add(Served.openOwned("ring-" + i, trial));
            names.add("'step-" + i + "'");
        }
        Cycle cycle = new Cycle(length);
        List<Call<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            boolean first = i == 0;
            CallTarget next = ring.get((i + 1) % length).named("step-" + i);
            calls.add(ring.get(i).submit(() -> cycle.await(() -> link.through(next, first))));
        }
        cycle.begin();
        judge("a ring of " + length + " by " + link, cycle, calls, names, link.mayTimeOut());
        ring.forEach(CallQueue::close);
    }

    /** All consumers of a pool run a call, each of which waits for another of them. */
    private void poolInARing(int consumers, Trial trial) throws Exception {
        CallQueue pool = trial.watch(CallQueue.withConsumers(consumers));
        Cycle cycle = new Cycle(consumers);
        List<Call<Integer>> calls = new CopyOnWriteArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < consumers; i++) {
            int next = (i + 1) % consumers;
            names.add("'part-" + i + "'");
            calls.add(pool.named("part-" + i)
                    .submit(() -> cycle.await(() -> calls.get(next).result())));
        }
        cycle.begin();
        judge("a pool of " + consumers + " in a ring", cycle, calls, names, false);
        pool.close();
    }

    /** All consumers of two pools call the other pool. */
    private void acrossPools(int consumers, Trial trial) throws Exception {
        CallQueue left = trial.watch(CallQueue.withConsumers(consumers));
        CallQueue right = trial.watch(CallQueue.withConsumers(consumers));
        Cycle cycle = new Cycle(2 * consumers);
        List<Call<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < consumers; i++) {
            calls.add(left.submit(
                    () -> cycle.await(() -> right.named("to the right").call(() -> 1))));
            calls.add(right.submit(
                    () -> cycle.await(() -> left.named("to the left").call(() -> 1))));
        }
        cycle.begin();
        judge("two pools of " + consumers, cycle, calls, List.of("'to the right'", "'to the left'"), false);
        left.close();
        right.close();
    }

    private void judge(String what, Cycle cycle, List<Call<Integer>> calls, List<String> names, boolean mayTimeOut) {
        for (Call<Integer> call : calls) {
            try {
                call.result(SILENCE);
            } catch (CallTimeoutException e) {
                silent.add(what + ": " + e.getMessage());
                cycle.cut();
            }
        }
        int ended = cycle.told().size() + cycle.timedOut();
        timedOut += cycle.timedOut();
        wrong.unless(
                mayTimeOut ? ended >= 1 : cycle.told().size() == 1 && cycle.timedOut() == 0,
                what + ": " + cycle.told().size() + " were told, " + cycle.timedOut() + " timed out");
        if (!mayTimeOut) { // a cycle that a limit may end is no deadlock before that
            cycle.untilTold().addTo(untilTold);
        }
        for (String message : cycle.told()) {
            for (Thread thread : cycle.threads()) {
                unnamed.unless(message.contains("'" + thread.getName() + "'"), what + ": " + thread + " in " + message);
            }
            for (String name : names) {
                unnamed.unless(message.contains(name), what + ": " + name + " in " + message);
            }
        }
    }
}
