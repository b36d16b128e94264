package dev.callqueue.examples.linkcheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * What is known of the targets, in a SQLite file. Each method that changes something is one transaction: after a crash
 * of the program all of it is there, or nothing.
 *
 * <p>For one thread, which is the consumer of the {@link Store}.
 */
final class Database implements AutoCloseable {
    /** Stands in the header of the file: nobody wants a database of another program to be emptied. */
    private static final int APPLICATION = 0x6c6e6b63;

    private final Connection connection;
    private final Sql sql;
    private final Graph graph;

    private Database(Connection connection) {
        this.connection = connection;
        this.sql = new Sql(connection);
        this.graph = new Graph(sql);
    }

    /**
     * Opens a database, or creates it.
     *
     * @throws SQLException if the file is in use by another run, or is not one of this program
     */
    static Database open(Path file) throws SQLException {
        Database database = new Database(DriverManager.getConnection("jdbc:sqlite:" + file, options()));
        try {
            database.prepare(file);
            return database;
        } catch (SQLException e) {
            database.close();
            throw inPlainWords(e, file);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static SQLException inPlainWords(SQLException failure, Path file) {
        if (failure.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code) {
            return new SQLException("in use by another run (--store names another file): " + file, failure);
        }
        if (failure.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new SQLException("not a file of linkcheck: " + file, failure);
        }
        return failure;
    }

    private static Properties options() {
        SQLiteConfig config = new SQLiteConfig();
        config.setGetGeneratedKeys(false); // would cost a query after each insert
        return config.toProperties();
    }

    private void prepare(Path file) throws SQLException {
        // exclusive: a second run on the same file is refused, not mixed in
        sql.script("pragma busy_timeout = 0; pragma locking_mode = exclusive; pragma journal_mode = wal;"
                + " pragma synchronous = normal; pragma cache_size = -65536; pragma temp_store = memory");
        boolean isNew = sql.number("select count(*) from sqlite_schema") == 0;
        if (!isNew && sql.number("pragma application_id") != APPLICATION) {
            throw new SQLException("not a file of linkcheck: " + file);
        }
        if (isNew) {
            sql.script("pragma application_id = " + APPLICATION);
            sql.script(schema());
        }
        sql.script("create temporary table fresh (id integer primary key)");
        connection.setAutoCommit(false);
    }

    /** Forgets everything and begins anew with these sites. */
    void begin(List<Start> starts) throws SQLException {
        transaction(() -> {
            sql.script("delete from site; delete from target; delete from link; delete from anchor");
            graph.begin(starts);
            for (Start start : starts) {
                sql.update(
                        "insert or ignore into site (input, origin, start) values (?, ?, ?)",
                        start.input(),
                        start.origin(),
                        start.url());
            }
            return null;
        });
    }

    /** The sites that the check began with; none in a new database. */
    List<Start> starts() throws SQLException {
        return findings().sites();
    }

    /** Goes on with a site at another address: that of an embedded server is a new one in each run. */
    void move(String from, String to) throws SQLException {
        int rest = from.length() + 1;
        transaction(() -> {
            sql.update(
                    "update target set url = ? || substr(url, ?) where substr(url, 1, ?) = ?",
                    to,
                    rest,
                    rest,
                    from + "/");
            sql.update(
                    "update site set origin = ?, start = ? || substr(start, ?) where origin = ?", to, to, rest, from);
            return null;
        });
    }

    /** The origins of the sites, and of where redirects led from where the check began. */
    Set<String> origins() throws SQLException {
        String urls = """
                select url from target where depth = 0 and kind = 'SITE'
                union
                select last.url from target join target as last on last.id = target.leads_to where target.depth = 0""";
        List<String> origins = sql.list(urls, row -> new Target(0, row.getString(1), 0, Target.Kind.SITE).origin());
        return new LinkedHashSet<>(origins);
    }

    /** What is there so far. */
    Totals totals() throws SQLException {
        int broken = (int) sql.number("select count(*) from broken_link");
        return sql.first(
                        "select count(*), sum(done), sum(page), max(coalesce(started + took, 0)) from target",
                        row -> new Totals(row.getInt(1), row.getInt(2), row.getInt(3), broken, row.getLong(4)))
                .orElseThrow();
    }

    /** The next targets to look at, in the order in which they were found. */
    List<Target> toDo(long after, int max, boolean pagesToo) throws SQLException {
        return sql.list(
                """
                select id, url, depth, kind from target
                where id > ? and not done and (? or kind <> 'SITE') order by id limit ?""",
                row -> new Target(
                        row.getLong(1), row.getString(2), row.getInt(3), Target.Kind.valueOf(row.getString(4))),
                after,
                pagesToo,
                max);
    }

    /** Keeps what came out of some visits, in one transaction, and all the targets that they found. */
    Saved save(List<Visit> visits, Scope scope) throws SQLException {
        return transaction(() -> {
            long known = graph.size();
            sql.update("delete from fresh");
            for (Visit visit : visits) {
                graph.add(visit, scope);
                sql.update(
                        "insert or ignore into fresh values (?)", visit.target().id());
            }
            long broken = sql.number("""
                    select count(*) from broken_link
                    where page_id in (select id from fresh) or target_id in (select id from fresh)""");
            return new Saved((int) (graph.size() - known), (int) broken);
        });
    }

    /** What a report can be made of. */
    Findings findings() {
        return new Findings(sql);
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            sql.close();
        }
    }

    /** A change that must be there as a whole, or not at all. */
    private interface Change<T extends @Nullable Object> {
        T make() throws SQLException;
    }

    private <T extends @Nullable Object> T transaction(Change<T> change) throws SQLException {
        try {
            T result = change.make();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private static String schema() {
        try (InputStream stream = Database.class.getResourceAsStream("schema.sql")) {
            return new String(Objects.requireNonNull(stream, "schema.sql").readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
