package dev.callqueue.interleavings;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.QueueFullException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** The line of a queue with two places that refuses what is more, by what does not wait. */
@Param(name = "number", gen = IntGen.class, conf = "1:9")
public class BoundedLine {
    private final CallQueue queue = CallQueue.builder().capacity(Model.CAPACITY).build();
    private final Received received = new Received();
    private final Call<Integer> first = queue.submit(() -> received.note(Model.FIRST));

    /** Makes a call; says whether it was let in. */
    @Operation
    public boolean submit(@Param(name = "number") int number) {
        try {
            queue.execute(() -> received.note(number));
            return true;
        } catch (QueueFullException e) {
            return false;
        }
    }

    /** Receives one call; its number, or 0 if there is none. */
    @Operation
    public int receive() {
        return received.oneOf(queue);
    }

    /** Withdraws the call that was there at the beginning. */
    @Operation
    public boolean withdrawFirst() {
        return first.withdraw();
    }

    /** The number of calls that have not begun. */
    @Operation
    public int size() {
        return queue.size();
    }

    /** The same, by one thread. */
    public static class Model {
        static final int CAPACITY = 2;
        static final int FIRST = 100;

        private final Queue<Integer> line = new ArrayDeque<>(List.of(FIRST));
        private boolean begun;

        public boolean submit(int number) {
            return line.size() < CAPACITY && line.add(number);
        }

        public int receive() {
            Integer number = line.poll();
            begun |= number != null && number == FIRST;
            return number == null ? 0 : number;
        }

        public boolean withdrawFirst() {
            line.remove(FIRST);
            return !begun;
        }

        public int size() {
            return line.size();
        }
    }
}
