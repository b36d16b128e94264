package dev.callqueue.examples.linkcheck;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Decides which attempt may start next, so that no server is asked for too much at once: each has a line of its own,
 * and servers take turns. Belongs to the thread that runs the {@link Crawl}.
 */
final class Politeness {
    /**
     * What one server is asked to bear.
     *
     * @param atOnce requests at the same time
     * @param delay between the starts of two requests
     */
    record Limit(int atOnce, Duration delay) {}

    private final Function<String, Limit> limits;
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private int waiting;

    /** Asks these limits for each server, which is told by scheme, host and port. */
    Politeness(Function<String, Limit> limits) {
        this.limits = limits;
    }

    /** Adds an attempt at the end of its server's line. */
    void add(Attempt attempt) {
        line(attempt).addLast(attempt);
        waiting++;
    }

    /** Adds an attempt at the head of its server's line: it has waited before. */
    void addAgain(Attempt attempt) {
        line(attempt).addFirst(attempt);
        waiting++;
    }

    /** Takes the next attempt that may start now; {@link #ended} must follow once it is over. */
    Optional<Attempt> next(long now, boolean pagesToo) {
        Iterator<Map.Entry<String, Server>> turns = servers.entrySet().iterator();
        while (turns.hasNext()) {
            Map.Entry<String, Server> turn = turns.next();
            Server server = turn.getValue();
            if (server.isReady(now) && (pagesToo || !server.line.getFirst().isOfSite())) {
                Attempt attempt = server.line.removeFirst();
                waiting--;
                server.running++;
                server.notBefore = now + server.limit.delay().toNanos();
                turns.remove(); // to the end of the round
                servers.put(turn.getKey(), server);
                return Optional.of(attempt);
            }
        }
        return Optional.empty();
    }

    /** Notes that an attempt, which {@link #next} gave away, is over. */
    void ended(Attempt attempt) {
        String origin = attempt.target().origin();
        Server server = servers.get(origin);
        if (server == null || server.running == 0) {
            throw new IllegalStateException("nothing runs for " + origin);
        }
        server.running--;
        if (server.isIdle() && server.limit.delay().isZero()) {
            servers.remove(origin);
        }
    }

    /** How long until a delay ends that holds something up; empty if none does. */
    OptionalLong nanosUntilNext(long now) {
        return servers.values().stream()
                .filter(server -> !server.line.isEmpty() && server.running < server.limit.atOnce())
                .mapToLong(server -> server.notBefore - now)
                .filter(nanos -> nanos > 0)
                .min();
    }

    /** Drops all that would be downloaded and parsed. */
    void dropPages() {
        for (Server server : servers.values()) {
            waiting -= server.line.size();
            server.line.removeIf(Attempt::isOfSite);
            waiting += server.line.size();
        }
    }

    /** Attempts in all lines. */
    int waiting() {
        return waiting;
    }

    private Deque<Attempt> line(Attempt attempt) {
        return servers.computeIfAbsent(attempt.target().origin(), origin -> new Server(limits.apply(origin))).line;
    }

    /** The line of one server. */
    private static final class Server {
        private final Limit limit;
        private final Deque<Attempt> line = new ArrayDeque<>();
        private int running;
        private long notBefore = Long.MIN_VALUE;

        Server(Limit limit) {
            this.limit = limit;
        }

        boolean isReady(long now) {
            return !line.isEmpty() && running < limit.atOnce() && notBefore <= now;
        }

        boolean isIdle() {
            return line.isEmpty() && running == 0;
        }
    }
}
