package dev.callqueue.jmx;

import java.util.List;

/** All queues of the JVM that have not ended, as management tools see them. */
public interface CallQueuesMXBean {
    /**
     * How many queues there are.
     *
     * @return the number
     */
    int getQueueCount();

    /**
     * How many calls have not begun, in all queues.
     *
     * @return the number
     */
    long getWaitingCalls();

    /**
     * How many calls run now, in all queues.
     *
     * @return the number
     */
    int getRunningCalls();

    /**
     * The queues, one line for each: its name, who serves it, how many calls wait and run.
     *
     * @return the lines, in the order in which the queues were made
     */
    List<String> getQueues();

    /**
     * What a thread dump is for threads, for calls: which run, where, since when, for whom, and who waits for what.
     *
     * @return the text of {@link dev.callqueue.CallReport#all()}
     */
    String report();
}
