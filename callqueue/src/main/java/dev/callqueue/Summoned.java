package dev.callqueue;

/** Who is to be told that a call waits, as {@link Summons} has decided: a receiver that sleeps, or servers that are to be started. */
sealed interface Summoned permits Receiver, Servers {}
