package dev.callqueue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Calls and a receiver for the tests of what a queue is made of, outside of any queue's own line. */
final class Parts {
    private static final Callable<Integer> OP = () -> 1;

    private final Core core = CallQueue.create().core();
    private final Receiver receiver = new Receiver(new Handful(null));

    /** The queue that the calls are said to be of. */
    Core core() {
        return core;
    }

    /** A call that is in no line. */
    Call<?> call() {
        return call(OP);
    }

    /** A call that is in no line. */
    Call<?> call(Callable<?> op) {
        return new Call<>(Terms.standard(core), op);
    }

    /** Calls that are in no line. */
    List<Call<?>> calls(int number) {
        List<Call<?>> calls = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            calls.add(call());
        }
        return calls;
    }

    /** The receiver of the thread that has made this. */
    Receiver receiver() {
        return receiver;
    }

    /** Has the call begun. */
    void begin(Call<?> call) {
        if (!receiver.claim(call)) {
            throw new AssertionError("claimed before: " + call);
        }
        receiver.takeOp();
    }

    /** The first call in the handful that came up to that ticket, claimed; null if there is none. */
    @Nullable
    Call<?> claimFirst(Handful handful, long upToTicket) {
        return handful.claimFirst(receiver, upToTicket, Handful.NONE_TO_AWAIT);
    }

    /** What is in the handful. */
    static List<Call<?>> in(Handful handful) {
        return handful.waiting();
    }
}
