package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Causes;
import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Outcome;
import dev.callqueue.examples.museum.Sighting;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;

/** The function throws an {@code Error}. */
public final class ErrorInTheTask implements Trap {
    @Override
    public String id() {
        return "error-in-the-task";
    }

    @Override
    public String title() {
        return "Error in the task";
    }

    @Override
    public String story() {
        return "The function throws an AssertionError; then another call is made. One wants the first caller to get the error, if "
                + "only as a cause, and the second one to end, too.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target owner = stage.with(contender.owner("owner"));
        var error = new AssertionError("the total is negative");

        Sighting first = stage.see(
                "caller",
                () -> owner.call(() -> {
                    throw error;
                }));
        Sighting next = stage.see("next caller", () -> owner.call(() -> 42));

        if (first.outcome() instanceof Outcome.Thrown thrown
                && !Causes.of(thrown.what()).contains(error)) {
            return Finding.wrong(thrown.what().getClass().getSimpleName() + " instead of the error", first, next);
        }
        return Finding.of(42, first, next);
    }
}
