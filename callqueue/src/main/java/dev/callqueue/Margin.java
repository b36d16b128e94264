package dev.callqueue;

/**
 * Nothing but space before the fields of a receiver. A receiver writes them for every call; if they shared a cache line with
 * something that callers read, as the garbage collector lays out the heap, each of these writes would cost all of them a
 * trip to the memory of the other CPU.
 */
@SuppressWarnings({"unused", "UnusedVariable"}) // that is their purpose
abstract class Margin extends Claim {
    private long m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15;
}
