package dev.callqueue.examples.museum.contenders;

import com.softwaremill.jox.structured.ActorRef;
import com.softwaremill.jox.structured.Race;
import com.softwaremill.jox.structured.Scopes;
import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.NoCounterpart;
import dev.callqueue.examples.museum.Target;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/** An actor of jox, in a scope of its own. */
public final class JoxActor implements Contender {
    @Override
    public String name() {
        return "jox";
    }

    @Override
    public String version() {
        return Versions.of("jox");
    }

    @Override
    public String usage() {
        return "`ActorRef.create(scope, state)`, and `actor.ask(state -> …)`";
    }

    @Override
    public Target owner(String name) throws Exception {
        var actor = new CompletableFuture<ActorRef<State>>();
        var end = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name(name).start(new FutureTask<>(() -> holdScope(actor, end)));
        return new Actor(actor.get(), end);
    }

    /** Keeps the scope open, with the actor in it, until the end. */
    private static Object holdScope(CompletableFuture<ActorRef<State>> actor, CountDownLatch end)
            throws InterruptedException {
        return Scopes.supervised(scope -> {
            actor.complete(ActorRef.create(scope, new State()));
            end.await();
            return "ended";
        });
    }

    @Override
    public Target pool(int threads) {
        throw new NoCounterpart("an actor is no pool, and virtual threads need none");
    }

    /** What the actor owns. */
    private static final class State {}

    private record Actor(ActorRef<State> actor, CountDownLatch end) implements Target {
        @Override
        public <T> T call(Callable<T> op) throws Exception {
            return actor.ask(state -> op.call());
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) throws Exception {
            return Race.timeout(limit.toMillis(), () -> actor.ask(state -> op.call()));
        }

        @Override
        public void doOwnWork(Runnable work) throws Exception {
            actor.tell(state -> work.run());
        }

        @Override
        public void stopNow() {
            end.countDown();
        }

        @Override
        public void close() {
            end.countDown();
        }
    }
}
