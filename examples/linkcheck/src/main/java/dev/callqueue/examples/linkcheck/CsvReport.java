package dev.callqueue.examples.linkcheck;

import java.io.IOException;
import java.io.Writer;

/** The broken links for spreadsheets, in the form of RFC 4180. */
final class CsvReport implements ReportWriter {
    @Override
    public void write(Report report, Writer out) throws IOException {
        row(out, "page", "link", "problem");
        for (Report.BrokenLink broken : report.broken()) {
            row(out, broken.page(), broken.link(), broken.problem());
        }
    }

    private static void row(Writer out, String page, String link, String problem) throws IOException {
        out.write(quoted(page) + "," + quoted(link) + "," + quoted(problem) + "\r\n");
    }

    private static String quoted(String field) {
        return field.matches("(?s).*[\",\\r\\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
