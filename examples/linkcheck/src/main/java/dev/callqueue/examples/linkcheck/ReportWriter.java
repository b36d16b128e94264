package dev.callqueue.examples.linkcheck;

import java.io.IOException;
import java.io.Writer;

/** Writes a report in one of the {@link Format formats}. */
@FunctionalInterface
interface ReportWriter {
    void write(Report report, Writer out) throws IOException;
}
