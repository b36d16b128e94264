package dev.callqueue.benchmarks.scenario;

/** A scenario in other surroundings than this JVM offers by itself: it keeps its name and its title. */
interface Surroundings extends Scenario {
    /** What is measured there. */
    Scenario scenario();

    @Override
    default String id() {
        return scenario().id();
    }

    @Override
    default String title() {
        return scenario().title();
    }
}
