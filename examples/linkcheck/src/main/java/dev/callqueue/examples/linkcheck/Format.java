package dev.callqueue.examples.linkcheck;

/** The forms a report can have. */
enum Format {
    TEXT(new TextReport()),
    JSON(new JsonReport()),
    CSV(new CsvReport()),
    HTML(new HtmlReport());

    private final ReportWriter writer;

    Format(ReportWriter writer) {
        this.writer = writer;
    }

    ReportWriter writer() {
        return writer;
    }
}
