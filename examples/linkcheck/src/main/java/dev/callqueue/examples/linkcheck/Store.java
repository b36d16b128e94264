package dev.callqueue.examples.linkcheck;

import dev.callqueue.Call;
import dev.callqueue.CallQueue;
import dev.callqueue.WhenFull;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Keeps the results. The one consumer of its queue is the only thread that ever touches the database, and so the
 * database needs no lock and its connection no pool.
 *
 * <p>Any thread may use a store. Calls of one thread run in the order in which they were made, so that who asks for
 * what is to do next sees everything it has saved before. Who saves faster than the disk can write waits.
 */
final class Store implements AutoCloseable {
    private static final int BACKLOG = 64;

    private final CallQueue queue;
    private final Database database;

    private Store(CallQueue queue, Database database) {
        this.queue = queue;
        this.database = database;
    }

    /**
     * Opens the store in this file, or creates it.
     *
     * @throws SQLException if the file is in use by another run, or is not one of this program
     */
    static Store open(Path file) throws SQLException {
        CallQueue queue = CallQueue.builder()
                .name("store")
                .consumers(1)
                .capacity(BACKLOG)
                .whenFull(WhenFull.WAIT)
                .build();
        try {
            return new Store(queue, queue.call(() -> Database.open(file)));
        } catch (SQLException | RuntimeException e) {
            queue.close();
            throw e;
        }
    }

    /** Forgets everything and begins anew with these sites. */
    void begin(List<Start> starts) throws SQLException {
        queue.call(() -> database.begin(starts));
    }

    /** The sites that the check began with; none in a new store. */
    List<Start> starts() throws SQLException {
        return queue.call(database::starts);
    }

    /** Goes on with a site at another address. */
    void move(String fromOrigin, String toOrigin) throws SQLException {
        queue.call(() -> database.move(fromOrigin, toOrigin));
    }

    /** The origins of all that belongs to the sites. */
    Set<String> origins() throws SQLException {
        return queue.call(database::origins);
    }

    /** What is there so far. */
    Totals totals() throws SQLException {
        return queue.call(database::totals);
    }

    /** Asks for the next targets to look at, in the order in which they were found. */
    Call<List<Target>> toDo(long after, int max, boolean pagesToo) {
        return queue.submit(() -> database.toDo(after, max, pagesToo));
    }

    /** Begins to save; once the call has succeeded, the visits are in the file and survive the end of the program. */
    Call<Saved> save(List<Visit> visits, Scope scope) {
        return queue.submit(() -> database.save(visits, scope));
    }

    /** All that is known so far, as a report. */
    Report report(Run run) throws SQLException {
        return queue.call(() -> database.findings().report(run));
    }

    /** Waits until everything is saved, and closes the file. */
    @Override
    public void close() throws SQLException {
        queue.call(database::close);
        queue.close();
    }
}
