package dev.callqueue.soak;

/**
 * One row of the table of faults.
 *
 * @param number its number
 * @param fault what goes wrong
 * @param target what callqueue must reach nevertheless
 * @param experiment what finds out whether it does
 */
record Row(int number, String fault, String target, Experiment experiment) {}
