package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Outcome;
import dev.callqueue.examples.museum.Sighting;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;
import java.io.FileNotFoundException;

/** A caller wants to catch what the function throws. */
public final class LostType implements Trap {
    @Override
    public String id() {
        return "lost-type";
    }

    @Override
    public String title() {
        return "exception type";
    }

    @Override
    public String story() {
        return "The function throws a FileNotFoundException, and the caller has a catch block for FileNotFoundException around the "
                + "call. One wants to get there.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target owner = stage.with(contender.owner("owner"));
        var missing = new FileNotFoundException("settings.xml");

        Sighting seen = stage.see(
                "caller",
                () -> owner.callThrowing(FileNotFoundException.class, () -> {
                    throw missing;
                }));

        if (!(seen.outcome() instanceof Outcome.Thrown thrown)) {
            return Finding.of(missing, seen);
        }
        if (!(thrown.what() instanceof FileNotFoundException)) {
            return Finding.wrong(thrown.what().getClass().getSimpleName(), seen);
        }
        return Finding.of(missing, seen)
                .noting(
                        thrown.what().equals(missing)
                                ? "the very object that was thrown"
                                : "another object of the same type");
    }
}
