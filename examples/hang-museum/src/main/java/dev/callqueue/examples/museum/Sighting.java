package dev.callqueue.examples.museum;

/** What was seen of one caller. */
public record Sighting(String caller, Outcome outcome) {}
