package dev.callqueue.interleavings;

/**
 * One interleaving of a scenario: one thread goes up to a step; the other one goes up to a step of its own, or as far as
 * it gets; then the one goes on, and then the other.
 */
final class Encounter {
    private final Scenario scenario;
    private final Walker one;
    private final Walker other;

    /**
     * An encounter.
     *
     * @param firstStops whether the one is the first thread of the scenario
     * @param stop the step of the one
     * @param stopOfOther the step of the other, or {@link Walker#NOWHERE}
     */
    Encounter(Scenario scenario, boolean firstStops, int stop, int stopOfOther) {
        this.scenario = scenario;
        var first = new Walker("first", firstStops ? stop : stopOfOther, scenario::first);
        var second = new Walker("second", firstStops ? stopOfOther : stop, scenario::second);
        this.one = firstStops ? first : second;
        this.other = firstStops ? second : first;
    }

    /** Runs and checks it. Says whether the one has come to its step. */
    boolean run() throws Exception {
        try {
            one.start();
            one.awaitRest();
            other.start();
            other.awaitRest();
            one.release();
            one.awaitRest();
            other.release();
            one.awaitEnd();
            other.awaitEnd();
            scenario.check();
        } catch (Exception | AssertionError wrong) {
            throw new AssertionError(one + "; " + other, wrong);
        }
        return one.hasStopped();
    }

    /** How many steps the other thread has made. */
    int stepsOfOther() {
        return other.steps();
    }
}
