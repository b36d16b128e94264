package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Calls are numbered, in one word with two flags; here the numbers begin shortly before each power of two from 2^29 on, and
 * calls come and go across that. Puts a line into a private field, because no program lives long enough to count so far.
 */
final class Overflow implements Experiment {
    /** From where the word leaves 31 bits to where it becomes negative. */
    private static final int[] POWERS = IntStream.rangeClosed(29, 61).toArray();

    private static final int ACROSS = 50;
    private static final int WAYS = 5;

    private final Seen wrong = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (int power : POWERS) {
            long edge = 1L << power;
            long begin = edge - ACROSS / 2;
            inOrder(trial.watch(startingAt(begin, CallQueue.builder())), edge, CallQueue::receive);
            inOrder(trial.watch(startingAt(begin, CallQueue.builder())), edge, queue -> {
                while (queue.receive(3) > 0) {
                    trial.progress();
                }
            });
            inOrder(trial.watch(startingAt(begin, CallQueue.builder())), edge, CallQueue::closeAndReceive);
            inOrder(trial.watch(startingAt(begin, CallQueue.builder().capacity(ACROSS))), edge, CallQueue::receive);
            nested(trial.watch(startingAt(begin, CallQueue.builder().owner(Thread.currentThread()))), edge);
        }

        figures.say(
                "%,d calls across each power of two from 2^%d to 2^%d, in %d ways",
                WAYS * ACROSS, POWERS[0], POWERS[POWERS.length - 1], WAYS);
        figures.none("out of order, lost or miscounted", wrong);
    }

    /** A queue to which so many calls have come and gone, as it counts. */
    private static CallQueue startingAt(long gone, CallQueue.Builder options) throws ReflectiveOperationException {
        CallQueue queue = options.build();
        Object core = field(queue, "core").get(queue);
        Object backlog = field(core, "backlog").get(core);
        Field line = field(backlog, "line");
        Object fresh = line.get(backlog);
        Constructor<?> constructor = fresh.getClass().getDeclaredConstructor(int.class, long.class);
        constructor.setAccessible(true);
        line.set(backlog, constructor.newInstance(field(fresh, "capacity").getInt(fresh), gone));
        field(backlog, "begunByOthers").setLong(backlog, gone);
        return queue;
    }

    private static Field field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private interface Reception {
        void of(CallQueue queue);
    }

    private void inOrder(CallQueue queue, long edge, Reception reception) {
        List<Integer> order = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < ACROSS; i++) {
            int number = i;
            Call<Boolean> call = queue.submit(() -> order.add(number));
            if (i % 5 == 4) {
                call.withdraw();
            } else {
                expected.add(i);
            }
            wrong.unless(queue.size() == expected.size(), "size " + queue.size() + " at " + edge);
        }
        reception.of(queue);
        wrong.unless(order.equals(expected), "order " + order + " at " + edge);
        wrong.unless(queue.size() == 0, "size " + queue.size() + " at " + edge);
    }

    /** A thread waits for the last of its own calls, and runs those before it first. */
    private void nested(CallQueue queue, long edge) {
        List<Integer> order = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 1; i < ACROSS; i++) {
            int number = i;
            expected.add(i);
            queue.execute(() -> order.add(number));
        }
        queue.submit(() -> order.add(ACROSS)).result();
        expected.add(ACROSS);
        wrong.unless(order.equals(expected), "nested order " + order + " at " + edge);
        wrong.unless(queue.size() == 0, "size " + queue.size() + " at " + edge);
    }
}
