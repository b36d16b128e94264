package dev.callqueue.soak;

/** Brings a fault about, again and again, and notes what comes of it. */
@FunctionalInterface
interface Experiment {
    /**
     * Does it once, for as long as the trial says.
     *
     * @param trial how much to do, and with which threads
     * @param figures where what was seen is noted
     * @throws Exception if the experiment itself fails, which counts as a target that is not met
     */
    void run(Trial trial, Figures figures) throws Exception;

    /** Several, one after the other. */
    static Experiment inTurn(Experiment... experiments) {
        return (trial, figures) -> {
            for (Experiment each : experiments) {
                each.run(trial, figures);
            }
        };
    }
}
