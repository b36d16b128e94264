package dev.callqueue.soak;

/** What an experiment says about its target. */
enum Verdict {
    MET("met"),
    NOT_MET("**not met**"),
    HANG("**hang**"),
    NOT_APPLICABLE("not on this JVM");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** Whether nothing is wrong. */
    boolean isGood() {
        return this == MET || this == NOT_APPLICABLE;
    }

    @Override
    public String toString() {
        return words;
    }
}
