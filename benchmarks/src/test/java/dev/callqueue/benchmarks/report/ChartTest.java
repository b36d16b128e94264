package dev.callqueue.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
    @Test
    void aBarChartIsAsItWas() throws IOException {
        String drawn = new BarChart("Round trip", "shorter is better", true, nanos -> Math.round(nanos) + " ns")
                .bar("callqueue", 262, "s0")
                .bar("others & co", 44_600, "plain")
                .draw();
        assertThat(withoutStyle(drawn)).isEqualTo(resource("bars.svg"));
    }

    @Test
    void aLineChartIsAsItWas() throws IOException {
        assertThat(withoutStyle(lines("callqueue", "others").draw())).isEqualTo(resource("lines.svg"));
    }

    @Test
    void aChartIsWellFormedAndBringsItsOwnBackground() throws Exception {
        Document chart = parse(lines("a < b & \"c\"").draw());
        assertThat(chart.getDocumentElement().getTagName()).isEqualTo("svg");
        Element first = (Element) chart.getElementsByTagName("rect").item(0);
        assertThat(first.getAttribute("class")).isEqualTo("card");
        assertThat(chart.getElementsByTagName("style").item(0).getTextContent()).contains("prefers-color-scheme: dark");
    }

    @Test
    void namesAtTheEndsOfLinesDoNotCoverEachOther() throws Exception {
        String[] names = IntStream.range(0, 8).mapToObj(i -> "line " + i).toArray(String[]::new);
        NodeList texts = parse(lines(names).draw()).getElementsByTagName("text");
        List<Double> places = IntStream.range(0, texts.getLength())
                .mapToObj(i -> (Element) texts.item(i))
                .filter(text -> text.getAttribute("class").startsWith("name"))
                .map(text -> Double.valueOf(text.getAttribute("y")))
                .sorted()
                .toList();
        assertThat(places).hasSize(8);
        for (int i = 1; i < places.size(); i++) {
            assertThat(places.get(i) - places.get(i - 1)).isGreaterThan(12);
        }
    }

    @Test
    void aLineNeedsAsManyValuesAsPoints() {
        assertThatThrownBy(() -> lines().line("x", "s1", new double[] {1}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LineChart lines(String... names) {
        LineChart chart = new LineChart(
                "Scaling",
                "higher is better",
                new LineChart.Axis("threads", true, List.of(1.0, 2.0, 4.0), x -> Long.toString(Math.round(x))),
                new LineChart.Axis("calls", false, List.of(), y -> Long.toString(Math.round(y))));
        for (int i = 0; i < names.length; i++) {
            chart.line(names[i], "s" + i, new double[] {1, 2, 4}, new double[] {10 + i, 20, 32 + i});
        }
        return chart;
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static String withoutStyle(String svg) {
        return svg.replaceFirst("(?s)<style>.*</style>\n", "");
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = ChartTest.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
