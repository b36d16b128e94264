package dev.callqueue.examples.museum;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A trap could not be sprung: neither the contender nor the museum did what the scene needs. */
final class SceneFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    SceneFailedException(Trap trap, Contender contender, String what, @Nullable Throwable cause) {
        super("trap " + trap.id() + " could not be sprung with " + contender.name() + ": " + what, cause);
    }
}
