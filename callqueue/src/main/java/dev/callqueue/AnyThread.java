package dev.callqueue;

import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Any thread may receive; those that are inside a {@code receive…} run the calls. */
final class AnyThread implements Servers {
    private final Core core;

    AnyThread(Core core) {
        this.core = core;
    }

    @Override
    public boolean includesCurrentThread() {
        return core.isReceiver(Thread.currentThread());
    }

    @Override
    public void checkReceiver() {}

    @Override
    public boolean mayInclude(@Nullable Thread thread) {
        return thread != null && core.isReceiver(thread);
    }

    @Override
    public Collection<Thread> candidates(Set<Thread> any) {
        return core.receiverThreads();
    }

    @Override
    public boolean canServeWithout(Predicate<Thread> stuck, boolean settled) {
        return true;
    }

    @Override
    public @Nullable String whyGone() {
        return null;
    }

    @Override
    public boolean wantToBeTold() {
        return false;
    }

    @Override
    public boolean enlist() {
        return false;
    }

    @Override
    public boolean areStarted() {
        return false;
    }

    @Override
    public @Nullable Throwable start() {
        return null;
    }

    @Override
    public boolean needsWatch() {
        return false;
    }

    @Override
    public boolean runByThemselves() {
        return false;
    }

    @Override
    public String toString() {
        return "any thread that receives";
    }
}
