package dev.callqueue.examples.linkcheck;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes down which page links to which target, and which target redirects to which. What is broken follows from that
 * by a query, whatever the order in which the targets were looked at.
 *
 * <p>For one thread, and within a transaction of the {@link Database}.
 */
final class Graph {
    /** The row of {@code target} that stands for the command line, which links to where the check begins. */
    static final long COMMAND_LINE = 0;

    private static final int MAX_REDIRECTS = 10;

    private final Sql sql;

    Graph(Sql sql) {
        this.sql = sql;
    }

    /** Adds where the check begins to an empty graph. */
    void begin(List<Start> starts) throws SQLException {
        sql.update(
                "insert into target (id, url, depth, kind, hops, done) values (?, '', 0, 'SKIPPED', 0, 1)",
                COMMAND_LINE);
        for (Start start : starts) {
            try {
                String url = WebUrl.parse(start.url()).toString();
                addTarget(url, 0, Target.Kind.SITE, 0);
                addLink(COMMAND_LINE, url, "");
            } catch (WebUrl.NotAUrlException e) {
                addMalformed(COMMAND_LINE, new Link.Malformed(start.url(), String.valueOf(e.getMessage())), 0);
            }
        }
    }

    /** Adds what one visit found out. */
    void add(Visit visit, Scope scope) throws SQLException {
        Outcome outcome = visit.outcome();
        if (outcome instanceof Outcome.Parsed parsed) {
            conclude(visit, parsed.status(), null, parsed.page().warning().orElse(null));
            addPage(visit.target(), parsed.page(), scope);
        } else if (outcome instanceof Outcome.Styled styled) {
            conclude(visit, styled.status(), null, null);
            addLinks(visit.target(), styled.links(), scope);
        } else if (outcome instanceof Outcome.Reached reached) {
            conclude(visit, reached.status(), null, reached.warning().orElse(null));
        } else if (outcome instanceof Outcome.Redirected redirected) {
            conclude(visit, redirected.status(), addRedirect(visit.target(), redirected.url(), scope), null);
        } else if (outcome instanceof Outcome.Failed failed) {
            conclude(visit, failed.status(), failed.problem(), null);
        }
    }

    /** How many targets there are. */
    long size() throws SQLException {
        return sql.number("select coalesce(max(id), 0) from target");
    }

    private void conclude(Visit visit, int status, @Nullable String problem, @Nullable String warning)
            throws SQLException {
        sql.update(
                """
                update target set done = 1, status = nullif(?, 0), problem = ?, warning = ?, page = ?,
                    attempts = ?, consumer = ?, started = ?, took = ? where id = ?""",
                status,
                problem,
                warning,
                visit.outcome() instanceof Outcome.Parsed ? 1 : 0,
                visit.attempt(),
                visit.consumer(),
                visit.startedNanos(),
                visit.tookNanos(),
                visit.target().id());
    }

    private void addPage(Target page, Page content, Scope scope) throws SQLException {
        for (String anchor : content.anchors()) {
            sql.update("insert or ignore into anchor (page, name) values (?, ?)", page.id(), anchor);
        }
        addLinks(page, content.links(), scope);
    }

    private void addLinks(Target page, List<Link> links, Scope scope) throws SQLException {
        int depth = page.depth() + 1;
        for (Link link : links) {
            if (link instanceof Link.Web web) {
                addTarget(web.url(), depth, scope.kindOf(web.url(), depth), 0);
                addLink(page.id(), web.url(), web.fragment());
            } else if (link instanceof Link.Malformed malformed) {
                addMalformed(page.id(), malformed, depth);
            }
        }
    }

    private void addTarget(String url, int depth, Target.Kind kind, int hops) throws SQLException {
        sql.update(
                "insert or ignore into target (url, depth, kind, hops, done) values (?, ?, ?, ?, ?)",
                url,
                depth,
                kind.name(),
                hops,
                kind == Target.Kind.SKIPPED);
    }

    private void addLink(long page, String url, String fragment) throws SQLException {
        sql.update("""
                insert or ignore into link (page, target, fragment, anchor)
                select ?, id, ?, ? from target where url = ?""", page, fragment, anchorOf(fragment), url);
    }

    /** What is no URL is a target nevertheless, so that it can be broken as others are; nobody will ever look at it. */
    private void addMalformed(long page, Link.Malformed link, int depth) throws SQLException {
        sql.update("""
                insert or ignore into target (url, depth, kind, hops, done, problem)
                values (?, ?, 'SKIPPED', 0, 1, ?)""", link.text(), depth, link.problem());
        addLink(page, link.text(), "");
    }

    /** The anchor that must be there for a fragment, or null: the top of a page and a text to search for always are. */
    private static @Nullable String anchorOf(String fragment) {
        int directive = fragment.indexOf(":~:");
        String anchor = Percent.decode(directive < 0 ? fragment : fragment.substring(0, directive));
        return anchor.isEmpty() || anchor.toLowerCase(Locale.ROOT).equals("top") ? null : anchor;
    }

    /**
     * Adds an edge to the chain of redirects, and lets all that led here lead on to its end.
     *
     * @return what is wrong with the chain, or null
     */
    private @Nullable String addRedirect(Target from, String url, Scope scope) throws SQLException {
        int hops = 1 + (int) sql.number("select hops from target where id = ?", from.id());
        if (hops > MAX_REDIRECTS) {
            return "more than " + MAX_REDIRECTS + " redirects";
        }
        addTarget(url, from.depth(), scope.kindOf(url, from.depth()), hops);
        long end = sql.number("select coalesce(leads_to, id) from target where url = ?", url);
        if (end == from.id()) {
            return "redirect loop, back to " + url;
        }
        sql.update("update target set leads_to = ? where id = ? or leads_to = ?", end, from.id(), from.id());
        return null;
    }
}
