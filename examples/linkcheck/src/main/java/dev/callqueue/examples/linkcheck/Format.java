package dev.callqueue.examples.linkcheck;

/** The forms a report can have. */
enum Format {
    TEXT,
    JSON,
    CSV,
    HTML;

    /** Writes reports of this form. */
    ReportWriter writer() {
        return switch (this) {
            case TEXT -> new TextReport();
            case JSON -> new JsonReport();
            case CSV -> new CsvReport();
            case HTML -> new HtmlReport();
        };
    }
}
