package dev.callqueue.examples.museum.contenders;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.jme3.app.SimpleApplication;
import com.jme3.app.state.AppState;
import com.jme3.system.JmeContext;
import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.NoCounterpart;
import dev.callqueue.examples.museum.Retreat;
import dev.callqueue.examples.museum.Target;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A game of jMonkeyEngine without a screen, as servers of games have it. */
public final class JmonkeyGame implements Contender {
    @Override
    public String name() {
        return "jMonkeyEngine";
    }

    @Override
    public String version() {
        return Versions.of("jmonkeyengine");
    }

    @Override
    public String usage() {
        return "a headless `SimpleApplication`, and `application.enqueue(op).get()`";
    }

    @Override
    public Target owner(String name) {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        var game = new Game(before);
        game.start(JmeContext.Type.Headless, true);
        return game;
    }

    @Override
    public Target pool(int threads) {
        throw new NoCounterpart("a game has one thread");
    }

    private static final class Game extends SimpleApplication implements Target {
        private final Thread.UncaughtExceptionHandler handlerOfTheOthers;
        private final Queue<Runnable> ownWork = new ConcurrentLinkedQueue<>();
        private volatile @Nullable Thread loop;

        Game(Thread.UncaughtExceptionHandler handlerOfTheOthers) {
            super(new AppState[0]);
            this.handlerOfTheOthers = handlerOfTheOthers;
        }

        /** The engine makes itself the handler of the whole JVM's uncaught exceptions; here it is not alone. */
        @Override
        public void simpleInitApp() {
            loop = Thread.currentThread();
            Thread.currentThread().setUncaughtExceptionHandler(Thread.getDefaultUncaughtExceptionHandler());
            Thread.setDefaultUncaughtExceptionHandler(handlerOfTheOthers);
        }

        @Override
        public void handleError(String message, Throwable thrown) {
            if (Thread.currentThread().equals(loop)) {
                super.handleError(message, thrown);
            }
        }

        @Override
        public void simpleUpdate(float secondsPerFrame) {
            for (Runnable work = ownWork.poll(); work != null; work = ownWork.poll()) {
                work.run();
            }
        }

        @Override
        public <T> T call(Callable<T> op) throws Exception {
            return enqueue(op).get();
        }

        @Override
        public <T> T callWithin(Duration limit, Callable<T> op) throws Exception {
            return enqueue(op).get(limit.toNanos(), NANOSECONDS);
        }

        @Override
        public Retreat start(Callable<?> op) {
            Future<?> future = enqueue(op);
            return new Retreat("`future.cancel(true)`", () -> future.cancel(true));
        }

        @Override
        public void doOwnWork(Runnable work) {
            ownWork.add(work);
        }

        @Override
        public void stopNow() {
            stop();
        }

        @Override
        public void close() {
            stop();
        }
    }
}
