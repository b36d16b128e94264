package dev.callqueue.examples.linkcheck;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of an answer, but never more than a given number of bytes of it: what goes beyond is not downloaded.
 *
 * <p>The client calls it from its own threads, one call after the other.
 */
final class LimitedBody implements BodySubscriber<LimitedBody.Taken> {
    /** Reading so much for nothing is cheaper than a new connection, which is the price of breaking off. */
    private static final int CHEAP = 64 * 1024;

    /**
     * What was taken.
     *
     * @param bytes empty if the body was not wanted, or was too large
     * @param isTooLarge whether the body was wanted, but went beyond the limit
     */
    record Taken(ByteBuffer bytes, boolean isTooLarge) {}

    private final CompletableFuture<Taken> taken = new CompletableFuture<>();
    private final List<ByteBuffer> parts = new ArrayList<>();
    private final boolean isWanted;
    private final long limit;
    private long size;
    private @Nullable Subscription subscription;

    private LimitedBody(boolean isWanted, long limit) {
        this.isWanted = isWanted;
        this.limit = limit;
    }

    /** Takes up to {@code limit} bytes of the bodies that are wanted, and nothing of the others. */
    static BodyHandler<Taken> upTo(long limit, Predicate<ResponseInfo> wanted) {
        return answer -> wanted.test(answer) ? new LimitedBody(true, limit) : new LimitedBody(false, CHEAP);
    }

    @Override
    public CompletionStage<Taken> getBody() {
        return taken;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Subscription source = subscription;
        if (source == null || taken.isDone()) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            size += buffer.remaining();
            if (isWanted && size <= limit) {
                parts.add(buffer);
            }
        }
        if (size > limit) {
            source.cancel();
            parts.clear();
            taken.complete(new Taken(ByteBuffer.allocate(0), isWanted));
        } else {
            source.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        taken.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ByteBuffer whole = ByteBuffer.allocate(isWanted ? (int) size : 0);
        parts.forEach(whole::put);
        taken.complete(new Taken(whole, false));
    }
}
