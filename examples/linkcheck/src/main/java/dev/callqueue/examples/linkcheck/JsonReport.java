package dev.callqueue.examples.linkcheck;

import java.io.IOException;
import java.io.Writer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report for programs, as one JSON object. */
final class JsonReport implements ReportWriter {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @Override
    public void write(Report report, Writer out) throws IOException {
        out.write(mapper.writeValueAsString(report));
        out.write('\n');
    }
}
