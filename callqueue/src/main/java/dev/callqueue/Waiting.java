package dev.callqueue;

/** How threads wait at a queue: callers for their outcome, receivers for their next call. */
public enum Waiting {
    /** At once without the CPU: the frugal choice where calls are rare. */
    PARK,

    /**
     * A few dozen microseconds on the CPU, yielding it now and then, and without it from then on; where threads that compute
     * keep the CPUs busy, only for an instant on the CPU. The default.
     */
    HYBRID,

    /**
     * On the CPU all the time, yielding it now and then. The choice for a machine whose CPUs have nothing else to do: an
     * idle receiver keeps one of them busy.
     */
    SPIN
}
