package dev.callqueue.soak;

/** The experiments that go through the most states in the least time, summed up in a word if all is well. */
final class TheCore implements Experiment {
    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        green(trial, figures, new Storm(), new PingPong(), new ComingBack(), new Crossings());
    }

    static void green(Trial trial, Figures figures, Experiment... experiments) throws Exception {
        Figures seen = new Figures(trial);
        Experiment.inTurn(experiments).run(trial, seen);
        figures.sumUp(seen);
    }
}
