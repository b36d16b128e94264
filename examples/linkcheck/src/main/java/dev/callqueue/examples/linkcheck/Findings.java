package dev.callqueue.examples.linkcheck;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads out of the database what a report is made of. For one thread, as the {@link Database}. */
final class Findings {
    private static final int SLOWEST = 10;

    private final Sql sql;

    Findings(Sql sql) {
        this.sql = sql;
    }

    /** All that is known so far, as a report. */
    Report report(Run run) throws SQLException {
        int pages = count("target where page");
        double seconds = run.nanos() / 1e9;
        return new Report(
                sites(),
                run.isComplete(),
                pages,
                count("link where page > 0"),
                count("target where id > 0"),
                count("target where kind = 'SKIPPED' and problem is null and id > 0"),
                rounded(seconds, 3),
                rounded(pages / Math.max(seconds, 0.001), 1),
                run.consumers(),
                statusCounts(),
                broken(),
                warnings(),
                limits(run, pages),
                slowest(),
                timeline());
    }

    private int count(String what) throws SQLException {
        return (int) sql.number("select count(*) from " + what);
    }

    /** The sites that the check began with. */
    List<Start> sites() throws SQLException {
        return sql.list(
                "select input, origin, start from site order by number",
                row -> new Start(row.getString(1), row.getString(2), row.getString(3)));
    }

    private Map<String, Integer> statusCounts() throws SQLException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        String query = """
                select coalesce(status, 0), count(*) from target
                where attempts is not null group by 1 order by 2 desc, 1""";
        sql.list(query, row -> counts.put(row.getString(1), row.getInt(2)));
        return counts;
    }

    private List<Report.BrokenLink> broken() throws SQLException {
        return sql.list(
                "select page, link, problem from broken_link order by page, link",
                row -> new Report.BrokenLink(row.getString(1), row.getString(2), row.getString(3)));
    }

    private List<Report.Warning> warnings() throws SQLException {
        return sql.list(
                "select url, warning from target where warning is not null order by url",
                row -> new Report.Warning(row.getString(1), row.getString(2)));
    }

    private List<String> limits(Run run, int pages) throws SQLException {
        List<String> limits = new ArrayList<>();
        int left = count("target where kind = 'SITE' and not done");
        if (pages >= run.maxPages() && left > 0) {
            limits.add("stopped after " + pages + " pages (--max-pages): " + left + " links of the site not checked");
        }
        int deep = count("target where kind = 'DEEP'");
        if (deep > 0) {
            limits.add("stopped " + run.maxDepth() + " links deep (--max-depth): " + deep + " links not followed");
        }
        return limits;
    }

    private List<Report.SlowPage> slowest() throws SQLException {
        return sql.list("""
                select url, took / 1000000, coalesce(status, 0) from target
                where took is not null order by took desc limit ?""", row -> new Report.SlowPage(row.getString(1), row.getLong(2), row.getInt(3)), SLOWEST);
    }

    private List<Report.Bar> timeline() throws SQLException {
        return sql.list(
                """
                select consumer, started / 1e6, took / 1e6, coalesce(status, 0), problem is null, url
                from target where consumer is not null order by started""",
                row -> new Report.Bar(
                        row.getString(1),
                        rounded(row.getDouble(2), 1),
                        rounded(row.getDouble(3), 1),
                        row.getInt(4),
                        row.getBoolean(5),
                        row.getString(6)));
    }

    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
