package dev.callqueue.soak;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls are numbered; here the numbers begin shortly before they leave 31 and 32 bits, and calls come and go across that.
 * Sets a private field, because no program lives long enough to count so far.
 */
final class Overflow implements Experiment {
    private static final long[] EDGES = {1L << 31, 1L << 32};
    private static final int ACROSS = 50;

    private final Seen wrong = new Seen();

    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        for (long edge : EDGES) {
            long begin = edge - ACROSS / 2;
            inOrder(trial.watch(startingAt(begin, CallQueue.builder())), edge, CallQueue::receive);
            inOrder(trial.watch(startingAt(begin, CallQueue.builder())), edge, queue -> {
                while (queue.receive(3) > 0) {
                    trial.progress();
                }
            });
            inOrder(trial.watch(startingAt(begin, CallQueue.builder())), edge, CallQueue::closeAndReceive);
            nested(trial.watch(startingAt(begin, CallQueue.builder().owner(Thread.currentThread()))), edge);
        }

        figures.say("%,d calls across 2^31 and 2^32, where tickets wrap, in four ways", 4 * ACROSS * EDGES.length);
        figures.none("out of order, lost or miscounted", wrong);
    }

    private static CallQueue startingAt(long ticket, CallQueue.Builder options) throws ReflectiveOperationException {
        CallQueue queue = options.build();
        Object line = read(read(queue, "core"), "line");
        Field last = line.getClass().getDeclaredField("lastTicket");
        last.setAccessible(true);
        last.setInt(line, (int) ticket); // tickets are compared by their difference
        return queue;
    }

    private static Object read(Object from, String name) throws ReflectiveOperationException {
        Field field = from.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(from);
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
