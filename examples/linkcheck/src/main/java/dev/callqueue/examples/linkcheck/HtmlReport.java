package dev.callqueue.examples.linkcheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report for a browser: one file that needs no other. The page is a template that draws itself from the data that
 * this class puts into it.
 */
final class HtmlReport implements ReportWriter {
    private static final String DATA = "{{data}}";

    private final JsonMapper mapper = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    /** What the template gets. */
    private record Data(Report report, List<Object[]> timeline) {}

    @Override
    public void write(Report report, Writer out) throws IOException {
        String template = template();
        int place = template.indexOf(DATA);
        out.write(template, 0, place);
        Data data = new Data(
                report, report.timeline().stream().map(HtmlReport::compact).toList());
        out.write(mapper.writeValueAsString(data).replace("<", "\\u003c")); // nothing in it can end the script element
        out.write(template.substring(place + DATA.length()));
    }

    /** Without names, as there are thousands of them. */
    private static Object[] compact(Report.Bar bar) {
        return new Object[] {
            bar.consumer(), bar.startMillis(), bar.tookMillis(), bar.status(), bar.isOk() ? 1 : 0, bar.url()
        };
    }

    private static String template() throws IOException {
        try (InputStream stream = HtmlReport.class.getResourceAsStream("report.html")) {
            return new String(Objects.requireNonNull(stream, "report.html").readAllBytes(), UTF_8);
        }
    }
}
