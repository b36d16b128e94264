/**
 * Interleavings of two threads, chosen and not left to chance: Lincheck enumerates them by a model of threads and checks
 * what the operations returned; the step tests stop a real thread at each of its steps while the other one passes.
 */
package dev.callqueue.interleavings;
