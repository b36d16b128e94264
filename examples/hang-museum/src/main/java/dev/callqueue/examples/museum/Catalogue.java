package dev.callqueue.examples.museum;

import dev.callqueue.examples.museum.contenders.AsyncSupplier;
import dev.callqueue.examples.museum.contenders.GroovyActor;
import dev.callqueue.examples.museum.contenders.GuavaExecutor;
import dev.callqueue.examples.museum.contenders.JdkExecutor;
import dev.callqueue.examples.museum.contenders.JetlangFiber;
import dev.callqueue.examples.museum.contenders.JmonkeyGame;
import dev.callqueue.examples.museum.contenders.NettyEventLoop;
import dev.callqueue.examples.museum.contenders.OwnedCallQueue;
import dev.callqueue.examples.museum.contenders.SwingEventThread;
import dev.callqueue.examples.museum.traps.CrossingChains;
import dev.callqueue.examples.museum.traps.ErrorInTheTask;
import dev.callqueue.examples.museum.traps.ExhaustedPool;
import dev.callqueue.examples.museum.traps.HeldLock;
import dev.callqueue.examples.museum.traps.KilledWriter;
import dev.callqueue.examples.museum.traps.LateRun;
import dev.callqueue.examples.museum.traps.LostType;
import dev.callqueue.examples.museum.traps.OwnerDies;
import dev.callqueue.examples.museum.traps.SelfCall;
import dev.callqueue.examples.museum.traps.ShutdownNow;
import dev.callqueue.examples.museum.traps.ThereAndBack;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** All that the museum has. */
final class Catalogue {
    /** The JDK for whose preview features some contenders are built. They are found as services. */
    private static final int PREVIEWED = 25;

    private Catalogue() {}

    /** The contenders that work on this JDK. */
    static List<Contender> contenders() {
        List<Contender> all = new ArrayList<>(List.of(
                new OwnedCallQueue(),
                new JdkExecutor(),
                new AsyncSupplier(),
                new GuavaExecutor(),
                new SwingEventThread(),
                new NettyEventLoop(),
                new JetlangFiber(),
                new JmonkeyGame(),
                new GroovyActor()));
        if (Runtime.version().feature() == PREVIEWED) {
            ServiceLoader.load(Contender.class).forEach(all::add);
        }
        return all;
    }

    static List<Trap> traps() {
        return List.of(
                new SelfCall(),
                new ThereAndBack(),
                new CrossingChains(),
                new HeldLock(),
                new ExhaustedPool(),
                new OwnerDies(),
                new ShutdownNow(),
                new ErrorInTheTask(),
                new LateRun(),
                new KilledWriter(),
                new LostType());
    }
}
