package dev.callqueue.examples.museum;

/**
 * How a caller gives up what it has begun.
 *
 * @param how in words, or in code between backticks
 * @param act gives it up
 */
public record Retreat(String how, Runnable act) {}
