package dev.callqueue.examples.linkcheck;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why a request came to nothing, and whether another try is worth it. */
final class Failures {
    private Failures() {}

    /** What became of a request that ended with this exception. */
    static Outcome.Failed of(Throwable failure, Duration timeout) {
        if (causedBy(failure, UnresolvedAddressException.class) || causedBy(failure, UnknownHostException.class)) {
            return failed("unknown host", Outcome.Retry.NEVER);
        }
        SSLException tls = find(failure, SSLException.class);
        if (tls != null) {
            return failed("TLS failure: " + message(tls), Outcome.Retry.NEVER);
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return failed("timeout: no connection", Outcome.Retry.LATER);
        }
        if (failure instanceof TimeoutException) {
            return failed("timeout: no complete answer within " + seconds(timeout), Outcome.Retry.LATER);
        }
        if (failure instanceof ConnectException) {
            // without a message, the client's own closing of a channel that never opened
            boolean isRefused =
                    messages(failure).contains("refused") || causedBy(failure, ClosedChannelException.class);
            return failed(isRefused ? "connection refused" : "no connection: " + message(failure), Outcome.Retry.NEVER);
        }
        if (failure instanceof ProtocolException || message(failure).contains("Invalid status line")) {
            return failed("malformed HTTP answer: " + message(failure), Outcome.Retry.NEVER);
        }
        String text = messages(failure).toLowerCase(Locale.ROOT);
        if (text.contains("reset") || text.contains("broken pipe")) {
            return failed("connection reset", Outcome.Retry.LATER);
        }
        if (text.contains("received no bytes") || causedBy(failure, EOFException.class)) {
            return failed("connection closed without a complete answer", Outcome.Retry.LATER);
        }
        return failed(message(failure), Outcome.Retry.LATER);
    }

    private static Outcome.Failed failed(String problem, Outcome.Retry retry) {
        return new Outcome.Failed(0, problem, retry);
    }

    /** The client says what it was doing; only the cause behind it says what happened. */
    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            messages.append(message(t)).append('\n');
        }
        return messages.toString();
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        return find(failure, type) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    private static String seconds(Duration timeout) {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
