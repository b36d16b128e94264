package dev.callqueue.interleavings;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import org.jetbrains.lincheck.datastructures.Operation;

/** Who claims one call: to run it, or to withdraw it. */
public class Claim {
    private final CallQueue queue = CallQueue.create();
    private final Call<Integer> call = queue.submit(() -> 1);

    /** Receives; says whether it ran the call. */
    @Operation
    public boolean run() {
        return queue.receive() == 1;
    }

    /** Withdraws the call. */
    @Operation
    public boolean withdraw() {
        return call.withdraw();
    }

    /** Whether the call waits. */
    @Operation
    public boolean isWaiting() {
        return queue.size() == 1;
    }

    /** The same, by one thread. */
    public static class Model {
        private boolean begun;
        private boolean withdrawn;

        public boolean run() {
            boolean runs = isWaiting();
            begun |= runs;
            return runs;
        }

        public boolean withdraw() {
            withdrawn |= !begun;
            return withdrawn;
        }

        public boolean isWaiting() {
            return !begun && !withdrawn;
        }
    }
}
