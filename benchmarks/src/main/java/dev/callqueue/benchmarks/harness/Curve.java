package dev.callqueue.benchmarks.harness;

import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;

/**
 * How a cost grows.
 *
 * @param scenario the scenario that gives it, as it is called on the command line
 * @param quantity what it is
 * @param title what it shows
 * @param over what is varied
 * @param unit what the values count
 * @param regime what kind of machine it was measured on
 * @param lines for each contender the median at each point
 */
public record Curve(
        String scenario,
        String quantity,
        String title,
        String over,
        Unit unit,
        Regime regime,
        Map<String, SortedMap<Integer, Double>> lines)
        implements Serializable {}
