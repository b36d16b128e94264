package dev.callqueue;

/** What happens to a call that finds its queue full. */
public enum WhenFull {
    /** It is refused with {@link QueueFullException}: the default. */
    REFUSE,

    /**
     * Its caller waits for a free place, at most as long as {@link CallTarget#within} allows. A thread that itself runs
     * the queue's calls never waits, because it would wait for itself: what it submits or executes is refused with
     * {@link QueueFullException}, and what it calls runs at once and needs no place.
     */
    WAIT
}
