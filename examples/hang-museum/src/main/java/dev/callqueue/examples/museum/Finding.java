package dev.callqueue.examples.museum;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a contender did in a trap.
 *
 * @param verdict in one word
 * @param brief what there is to say about it in a cell of a table; may be empty
 * @param sightings what was seen of the callers
 * @param note what else is worth knowing; may be empty
 */
public record Finding(Verdict verdict, String brief, List<Sighting> sightings, String note) {
    /** All is well if nobody hangs: callers got the value that is right, or an exception that tells them. */
    public static Finding of(Object right, Sighting... sightings) {
        List<String> hung = Arrays.stream(sightings)
                .filter(sighting -> sighting.outcome() instanceof Outcome.Hung)
                .map(Sighting::caller)
                .toList();
        if (!hung.isEmpty()) {
            String who = hung.size() == sightings.length ? "" : String.join(", ", hung);
            return new Finding(Verdict.HANG, who, List.of(sightings), "");
        }
        List<Outcome> outcomes = Arrays.stream(sightings).map(Sighting::outcome).toList();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Value got && !got.value().equals(right)) {
                return wrong(got.value() + " instead of " + right, sightings);
            }
        }
        String thrown = outcomes.stream()
                .filter(Outcome.Thrown.class::isInstance)
                .map(outcome -> ((Outcome.Thrown) outcome).what().getClass().getSimpleName())
                .distinct()
                .collect(Collectors.joining(", "));
        return new Finding(thrown.isEmpty() ? Verdict.VALUE : Verdict.EXCEPTION, thrown, List.of(sightings), "");
    }

    /** Something is not as it should be. */
    public static Finding wrong(String what, Sighting... sightings) {
        return new Finding(Verdict.WRONG, what, List.of(sightings), "");
    }

    /** The trap cannot be put to the contender. */
    public static Finding none(NoCounterpart reason) {
        return new Finding(Verdict.NONE, "", List.of(), String.valueOf(reason.getMessage()));
    }

    /** The same with a note. */
    public Finding noting(String what) {
        return new Finding(verdict, brief, sightings, what);
    }
}
