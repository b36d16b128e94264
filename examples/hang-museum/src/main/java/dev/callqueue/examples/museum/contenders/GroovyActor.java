package dev.callqueue.examples.museum.contenders;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.NoCounterpart;
import dev.callqueue.examples.museum.Retreat;
import dev.callqueue.examples.museum.Target;
import groovy.concurrent.Actor;
import groovy.concurrent.Awaitable;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.groovy.runtime.async.AsyncSupport;

/** An actor of Groovy that runs the functions it is sent. */
public final class GroovyActor implements Contender {
    @Override
    public String name() {
        return "Groovy actor";
    }

    @Override
    public String version() {
        return Versions.of("groovy");
    }

    @Override
    public String usage() {
        return "`Actor.reactor { op -> op() }`, and `await actor.sendAndGet(op)`";
    }

    @Override
    public Target owner(String name) {
        return new Reactor(Actor.reactor(GroovyActor::<Object, RuntimeException>run));
    }

    @Override
    public Target pool(int threads) {
        throw new NoCounterpart("an actor is no pool");
    }

    /** Groovy code throws checked exceptions without declaring them. */
    @SuppressWarnings("unchecked") // erased: nothing is cast
    private static <T, X extends Exception> T run(Callable<T> op) throws X {
        try {
            return op.call();
        } catch (Exception e) {
            throw (X) e;
        }
    }

    private record Reactor(Actor<Callable<Object>> actor) implements Target {
        @Override
        public <T> T call(Callable<T> op) {
            return AsyncSupport.await(send(op)); // what the keyword await stands for
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) {
            return AsyncSupport.await(send(op).orTimeout(limit.toNanos(), NANOSECONDS));
        }

        @Override
        public Retreat start(Callable<?> op) {
            Awaitable<?> reply = send(op);
            return new Retreat("`reply.cancel()`", reply::cancel);
        }

        @SuppressWarnings("unchecked") // an actor takes one type of messages; its replies have any
        private <T> Awaitable<T> send(Callable<T> op) {
            return actor.sendAndGet((Callable<Object>) op);
        }

        @Override
        public void doOwnWork(Runnable work) {
            actor.send(() -> {
                work.run();
                return "done";
            });
        }

        @Override
        public void stopNow() {
            actor.stop();
        }

        @Override
        public void close() {
            actor.stop();
        }
    }
}
