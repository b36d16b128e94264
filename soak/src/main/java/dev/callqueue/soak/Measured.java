package dev.callqueue.soak;

import java.time.Duration;

/**
 * What was seen of one row.
 *
 * @param row the row
 * @param figures what was seen, in words and numbers
 * @param verdict whether that meets the target
 * @param took how long it took
 */
record Measured(Row row, String figures, Verdict verdict, Duration took) {}
