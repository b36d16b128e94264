package dev.callqueue.examples.museum;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Where a contender runs what it is given: an owner's thread, or a pool's. */
public interface Target extends AutoCloseable {
    /** Runs the function there, waits for it, and returns its value. Throws whatever a caller gets to see. */
    <T> T call(Callable<T> op) throws Exception;

    /** The same for a function that declares one checked exception, for systems that can be told which. */
    default <T, X extends Exception> T callThrowing(Class<X> declared, Callable<T> op) throws Exception {
        return call(op);
    }

    /** Runs the function there, and waits for it no longer than this. */
    <T> T callWithin(Duration limit, Callable<T> op) throws Exception;

    /**
     * Has the function run there for a caller who then gives it up as the system offers it: by cancelling, with an interrupt
     * where it takes that for an argument. Where nothing can be cancelled, the caller is interrupted while it waits.
     *
     * @return how the caller gives up
     */
    default Retreat start(Callable<?> op) {
        Caller caller = Caller.start("caller that will give up", () -> call(op));
        return new Retreat("an interrupt of the waiting caller", () -> {
            caller.awaitWaiting();
            caller.letGo();
        });
    }

    /** Has the owner do this as work of its own, for no caller: what it throws goes where a bug in the owner's work goes. */
    void doOwnWork(Runnable work) throws Exception;

    /** Stops it, and what it has not begun, as soon as the system can. */
    void stopNow();

    /** Lets it go after the trap, with whatever hangs in it. Waits for nothing. */
    @Override
    void close();
}
