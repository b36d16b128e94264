package dev.callqueue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Calls and a receiver for the tests of what a queue is made of, outside of any queue's own line. */
final class Parts {
    private static final Callable<Integer> OP = () -> 1;

    private final Core core = CallQueue.create().core();
    private final Receiver receiver = new Receiver(new Handful());

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

    /** What is in the handful. */
    static List<Call<?>> in(Handful handful) {
        List<Call<?>> all = new ArrayList<>();
        handful.addTo(all);
        return all;
    }
}
