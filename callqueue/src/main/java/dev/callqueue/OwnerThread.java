package dev.callqueue;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One thread of the user's owns the queue and receives. Its end is noticed by the {@link Watch}. */
final class OwnerThread implements Servers {
    private final Core core;
    private final Thread owner;

    OwnerThread(Core core, Thread owner) {
        this.core = core;
        this.owner = owner;
    }

    @Override
    public boolean includesCurrentThread() {
        return Thread.currentThread() == owner;
    }

    @Override
    public void checkReceiver() {
        if (!includesCurrentThread()) {
            throw new IllegalStateException("queue '" + core.name() + "' is owned by " + CallReport.name(owner)
                    + " and cannot be received from " + CallReport.name(Thread.currentThread()));
        }
    }

    @Override
    public boolean mayInclude(@Nullable Thread thread) {
        return thread == owner;
    }

    @Override
    public Collection<Thread> candidates(Set<Thread> any) {
        return List.of(owner);
    }

    @Override
    public boolean canServeWithout(Predicate<Thread> stuck, boolean settled) {
        return !stuck.test(owner);
    }

    @Override
    public @Nullable String whyGone() {
        return owner.getState() == Thread.State.TERMINATED
                ? "its owner, " + CallReport.name(owner) + ", has ended"
                : null;
    }

    @Override
    public boolean wantToBeTold() {
        return !core.summons().isWatched();
    }

    @Override
    public boolean enlist() {
        return core.summons().beginWatch();
    }

    @Override
    public @Nullable Throwable start() {
        return Watch.begin(core);
    }

    @Override
    public boolean needsWatch() {
        return core.backlog().count() > 0;
    }

    @Override
    public boolean runByThemselves() {
        return false;
    }

    @Override
    public String toString() {
        return "its owner, " + CallReport.name(owner) + " (" + owner.getState() + ")";
    }
}
