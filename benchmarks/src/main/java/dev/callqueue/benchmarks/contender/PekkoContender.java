package dev.callqueue.benchmarks.contender;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;

/** Pekko: {@code ask} for calls, {@code tell} for fire and forget. */
final class PekkoContender implements Contender {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final ActorSystem system = ActorSystem.create(
            "benchmark",
            ConfigFactory.parseString("pekko { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }")
                    .withFallback(ConfigFactory.load()));
    private final ActorRef actor = system.actorOf(Props.create(Owner.class, Owner::new));

    /** Runs the ops it is sent, and answers those who asked. */
    private static final class Owner extends AbstractActor {
        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Op.class, op -> {
                        Object answer = op.call();
                        if (!getSender().equals(getContext().getSystem().deadLetters())) {
                            getSender().tell(answer, getSelf());
                        }
                    })
                    .build();
        }
    }

    @Override
    public Object call(Op op) throws Exception {
        return submit(op).get();
    }

    @Override
    public Future<?> submit(Op op) {
        return Patterns.ask(actor, op, TIMEOUT).toCompletableFuture();
    }

    @Override
    public void execute(Op op) {
        actor.tell(op, ActorRef.noSender());
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
