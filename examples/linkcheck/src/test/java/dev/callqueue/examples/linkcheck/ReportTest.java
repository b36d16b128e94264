package dev.callqueue.examples.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final String EVIL = "http://h.example/a,\"b\"</script><script>alert(1)";

    private final Report report = new Report(
            List.of(new Start("docs.jar", "http://h.example", "http://h.example/")),
            true,
            2,
            7,
            5,
            1,
            1.5,
            1.3,
            16,
            Map.of("200", 3, "0", 1),
            List.of(
                    new Report.BrokenLink("http://h.example/p", "http://h.example/p#x", "no anchor x"),
                    new Report.BrokenLink("http://h.example/p", EVIL, "404 Not Found")),
            List.of(new Report.Warning("http://h.example/w", "encoding: not valid UTF-8")),
            List.of("stopped 3 links deep"),
            List.of(new Report.SlowPage("http://h.example/slow", 1234, 200)),
            List.of(new Report.Bar("fetch-consumer-1", 0.5, 3.5, 200, true, "http://h.example/slow")));

    @Test
    void jsonHasWhatProgramsLookFor() throws IOException {
        JsonNode json = JsonMapper.shared().readTree(written(Format.JSON));

        assertThat(json.get("pages").asInt()).isEqualTo(2);
        assertThat(json.get("links").asInt()).isEqualTo(7);
        assertThat(json.get("broken")).hasSize(2);
        assertThat(json.get("broken").get(0).propertyNames()).containsExactly("page", "link", "problem");
        assertThat(json.get("broken").get(1).get("link").asString()).isEqualTo(EVIL);
        assertThat(json.has("timeline")).isFalse();
    }

    @Test
    void csvQuotesWhatItMust() throws IOException {
        assertThat(written(Format.CSV))
                .isEqualTo("page,link,problem\r\n"
                        + "http://h.example/p,http://h.example/p#x,no anchor x\r\n"
                        + "http://h.example/p,\"" + EVIL.replace("\"", "\"\"") + "\",404 Not Found\r\n");
    }

    @Test
    void textNamesWhatIsInTheSiteByItsPath() throws IOException {
        assertThat(written(Format.TEXT))
                .contains("  /p\n    /p#x  no anchor x\n")
                .contains("/w  encoding: not valid UTF-8")
                .contains("1234 ms  /slow")
                .contains("stopped 3 links deep")
                .contains("1  none");
    }

    @Test
    void htmlNeedsNoOtherFileAndRunsNothingOfTheSite() throws IOException {
        String html = written(Format.HTML);

        assertThat(html).doesNotContain("<script>alert").doesNotContain("{{data}}");
        assertThat(html).doesNotContainPattern("(src|href)=[\"']?https?:").doesNotContain("@import");
        String data = html.replaceAll("(?s).*id=\"data\">(.*?)</script>.*", "$1");
        assertThat(JsonMapper.shared()
                        .readTree(data)
                        .get("timeline")
                        .get(0)
                        .get(5)
                        .asString())
                .isEqualTo("http://h.example/slow");
    }

    private String written(Format format) throws IOException {
        StringWriter out = new StringWriter();
        format.writer().write(report, out);
        return out.toString();
    }
}
