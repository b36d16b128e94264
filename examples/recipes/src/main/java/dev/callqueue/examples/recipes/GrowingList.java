package dev.callqueue.examples.recipes;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.OwnerGoneException;
import dev.callqueue.Raise;
import java.io.PrintStream;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The second program of the recipe: a thread owns a list and lets it grow. Others ask it for snapshots, once waiting for
 * the answer and once not, and stop it at last by a call that raises an exception in it.
 */
public final class GrowingList {
    /** Stops the thread that owns a list. */
    private static final class Stop extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        Stop() {
            super("stop");
        }
    }

    private final List<Double> numbers = new ArrayList<>(); // of the owner alone, so it needs no lock
    private final Thread owner = new Thread(this::grow, "owner of the list");
    private final CallQueue calls =
            CallQueue.builder().name("growing list").owner(owner).build();
    private final PrintStream out;

    GrowingList(PrintStream out) {
        this.out = out;
    }

    /** Lets a list grow for a while. */
    public static void main(String[] args) throws InterruptedException {
        var list = new GrowingList(System.out);
        list.start();
        Thread.sleep(50); // lets it grow a little
        list.watch();
    }

    void start() {
        owner.start();
    }

    private void grow() {
        var random = new Random();
        try {
            while (true) {
                calls.receive(Duration.ofMillis(1)); // between two numbers, what others want
                numbers.add(random.nextDouble());
            }
        } catch (Stop | InterruptedException e) {
            out.println("the owner has ended: " + e.getMessage());
        }
    }

    /** Asks for two snapshots, stops the owner, and returns the sizes of the list that it saw. */
    List<Integer> watch() throws InterruptedException {
        List<Double> first = snapshot();
        out.println("first snapshot: " + first.size() + " numbers");

        Call<List<Double>> second = calls.submit(() -> List.copyOf(numbers)); // does not wait
        int looks = 0;
        while (!second.isDone()) {
            looks++; // whatever else there is to do
        }
        out.println("second snapshot: " + second.result().size() + " numbers, there at look " + (looks + 1));

        calls.raising(Raise.RECEIVER).call(() -> {
            throw new Stop(); // leaves receive() on the owner's thread, and ends its loop
        });
        owner.join();
        out.println("at the end: " + numbers.size() + " numbers");
        try {
            snapshot();
        } catch (OwnerGoneException e) {
            out.println("a further call: " + e.getMessage());
        }
        return List.of(first.size(), second.result().size(), numbers.size());
    }

    /** A copy of the list; waits for it, as if it were a normal call. */
    List<Double> snapshot() {
        return calls.call(() -> List.copyOf(numbers));
    }

    Thread owner() {
        return owner;
    }
}
