package dev.callqueue.benchmarks.harness;

/** Takes what a burst has measured. */
public interface Recorder {
    /** For bursts that warm up. */
    Recorder NONE = new Recorder() {
        @Override
        public void record(String quantity, double value) {}

        @Override
        public boolean isForWarmUp() {
            return true;
        }
    };

    /** A value of one quantity, one for each round. */
    void record(String quantity, double value);

    /** Whether it takes nothing. */
    default boolean isForWarmUp() {
        return false;
    }
}
