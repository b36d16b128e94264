package dev.callqueue.examples.linkcheck;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * What a check came to, in numbers and names. Its JSON form has the same names in the same order.
 *
 * @param sites what was checked
 * @param complete whether everything was looked at that should be; false if the check was stopped
 * @param pages HTML pages of the sites that were downloaded and parsed
 * @param links distinct links of these pages and of their style sheets, each counted once per page that has it
 * @param targets what these links lead to, each counted once
 * @param notChecked targets that were left alone, because of an option
 * @param seconds how long it took
 * @param consumers how many pages were worked on at once, at most
 * @param statusCounts how many targets answered with which HTTP status; 0 stands for no answer
 * @param broken links that lead nowhere
 * @param warnings what was odd, but broke no link
 * @param limits what was not looked at because a limit was reached
 * @param slowest the targets that took longest
 * @param timeline which consumer was busy with which target when
 */
record Report(
        List<Start> sites,
        boolean complete,
        int pages,
        int links,
        int targets,
        int notChecked,
        double seconds,
        double pagesPerSecond,
        int consumers,
        Map<String, Integer> statusCounts,
        List<BrokenLink> broken,
        List<Warning> warnings,
        List<String> limits,
        List<SlowPage> slowest,
        @JsonIgnore List<Bar> timeline) {

    /**
     * A link that leads nowhere.
     *
     * @param page that has the link; empty for what was given on the command line
     * @param link as the page has it, resolved, with its fragment
     */
    record BrokenLink(String page, String link, String problem) {}

    /** Something odd about a page that broke no link. */
    record Warning(String page, String problem) {}

    /** A target that took long. */
    record SlowPage(String page, long millis, int status) {}

    /** The time that one consumer spent on one target; the last attempt, if there were several. */
    record Bar(String consumer, double startMillis, double tookMillis, int status, boolean isOk, String url) {}
}
