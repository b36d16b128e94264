package dev.callqueue.soak;

/** All experiments that need no JVM of their own, summed up in a word if all is well. */
final class ALittleOfAll implements Experiment {
    @Override
    public void run(Trial trial, Figures figures) throws Exception {
        TheCore.green(
                trial,
                figures,
                new OwnerDies(),
                new OpThrows(),
                new Storm(),
                new Closes(),
                new CancelVersusRun(),
                new Interrupts(),
                new ComingBack(),
                new Crossings(),
                new HeldLocks(),
                new AcyclicCalls(),
                new SpuriousUnparks(),
                new PingPong(),
                new FullQueue(),
                new AbandonedQueues(),
                new Arguments(),
                new Retention(),
                new DeepChains(),
                new Dependents(),
                new FailingThreads(),
                new HugeDurations(),
                new SizeUnderRace());
    }
}
