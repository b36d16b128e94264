package dev.callqueue.benchmarks.report;

import java.util.Locale;

/** A drawing, written element by element. It brings its own background, light or dark as the reader's system is. */
final class Svg {
    /** The colour of callqueue; those of others are s1 to s7, plain and limit. */
    static final String OWN = "s0";

    private static final String STYLE = """
            svg { font-family: system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
            .card { fill: #ffffff; stroke: #d8dee4; }
            .title { font-size: 17px; font-weight: 600; fill: #1f2328; }
            .note { font-size: 12px; fill: #59636e; }
            .label { font-size: 12px; fill: #1f2328; }
            .strong { font-weight: 700; }
            .grid { stroke: #e4e8ec; stroke-width: 1; }
            .axis { stroke: #9aa4ae; stroke-width: 1; }
            .line { fill: none; stroke-linejoin: round; stroke-linecap: round; }
            .s0 { color: #d9480f; } .s1 { color: #1c6fd1; } .s2 { color: #2b8a3e; } .s3 { color: #8f3fbf; }
            .s4 { color: #b08900; } .s5 { color: #0b8793; } .s6 { color: #c2255c; } .s7 { color: #5c677d; }
            .plain { color: #9fb3c8; } .limit { color: #c9ced4; }
            .bar, .dot { fill: currentColor; } .line { stroke: currentColor; }
            .name { font-size: 12px; fill: currentColor; }
            @media (prefers-color-scheme: dark) {
              .card { fill: #161b22; stroke: #30363d; }
              .title, .label { fill: #e6edf3; }
              .note { fill: #9198a1; }
              .grid { stroke: #262c34; }
              .axis { stroke: #59636e; }
              .s0 { color: #ff8c42; } .s1 { color: #62a8ff; } .s2 { color: #5ccb78; } .s3 { color: #c792f2; }
              .s4 { color: #e3c34a; } .s5 { color: #4cc9d6; } .s6 { color: #f783ac; } .s7 { color: #a5afbd; }
              .plain { color: #54687d; } .limit { color: #3d444d; }
            }
            """;

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height, String title) {
        text.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                width,
                height,
                width,
                height));
        text.append("<title>").append(escaped(title)).append("</title>\n");
        text.append("<style>\n").append(STYLE).append("</style>\n");
        text.append(String.format(
                Locale.ROOT,
                "<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"10\"/>%n",
                width - 1,
                height - 1));
    }

    /** How a text is placed at its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** A text. */
    void text(String style, double x, double y, Anchor anchor, String words) {
        text.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                style,
                x,
                y,
                anchor.name().toLowerCase(Locale.ROOT),
                escaped(words)));
    }

    /** A straight line. */
    void line(String style, double x1, double y1, double x2, double y2) {
        text.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    /** A bar with a hint that a pointer shows. */
    void bar(String style, double x, double y, double width, double height, String hint) {
        text.append(String.format(
                Locale.ROOT,
                "<rect class=\"bar %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"3\"><title>%s</title></rect>%n",
                style,
                x,
                y,
                Math.max(1, width),
                height,
                escaped(hint)));
    }

    /** A line through points. */
    void path(String style, double strokeWidth, double[] xs, double[] ys) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(String.format(Locale.ROOT, i == 0 ? "%.1f,%.1f" : " %.1f,%.1f", xs[i], ys[i]));
        }
        text.append(String.format(
                Locale.ROOT,
                "<polyline class=\"line %s\" stroke-width=\"%.1f\" points=\"%s\"/>%n",
                style,
                strokeWidth,
                points));
    }

    /** A point with a hint that a pointer shows. */
    void dot(String style, double x, double y, String hint) {
        text.append(String.format(
                Locale.ROOT,
                "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s</title></circle>%n",
                style,
                x,
                y,
                escaped(hint)));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text + "</svg>\n";
    }
}
