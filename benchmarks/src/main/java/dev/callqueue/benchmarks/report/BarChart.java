package dev.callqueue.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** Horizontal bars, one below the other, with their values. */
final class BarChart {
    private static final int WIDTH = 820;
    private static final int TOP = 74;
    private static final int ROW = 24;
    private static final int BAR = 16;
    private static final int LEFT = 280;
    private static final int RIGHT = 90;
    private static final int BOTTOM = 22;

    private final String title;
    private final String note;
    private final boolean logarithmic;
    private final DoubleFunction<String> words;
    private final List<Bar> bars = new ArrayList<>();

    BarChart(String title, String note, boolean logarithmic, DoubleFunction<String> words) {
        this.title = title;
        this.note = note;
        this.logarithmic = logarithmic;
        this.words = words;
    }

    private record Bar(String name, double value, String style) {}

    /** Adds a bar; the style is one of the drawing's colours. */
    BarChart bar(String name, double value, String style) {
        bars.add(new Bar(name, value, style));
        return this;
    }

    String draw() {
        Svg svg = new Svg(WIDTH, TOP + ROW * bars.size() + BOTTOM, title);
        svg.text("title", 24, 32, Svg.Anchor.START, title);
        svg.text("note", 24, 52, Svg.Anchor.START, note);
        Scale scale = scale();
        double bottom = TOP + ROW * bars.size();
        for (double tick : scale.ticks()) {
            svg.line("grid", scale.at(tick), TOP - 6, scale.at(tick), bottom);
            svg.text("note", scale.at(tick), bottom + 14, Svg.Anchor.MIDDLE, Scale.brief(words.apply(tick)));
        }
        double y = TOP;
        for (Bar bar : bars) {
            boolean own = bar.style.equals(Svg.OWN);
            svg.text(own ? "label strong" : "label", LEFT - 10, y + 12, Svg.Anchor.END, bar.name);
            double end = scale.at(bar.value);
            svg.bar(bar.style, LEFT, y, end - LEFT, BAR, bar.name + ": " + words.apply(bar.value));
            svg.text(own ? "label strong" : "label", end + 6, y + 12, Svg.Anchor.START, words.apply(bar.value));
            y += ROW;
        }
        svg.line("axis", LEFT, TOP - 6, LEFT, bottom);
        return svg.toString();
    }

    private Scale scale() {
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        double least = bars.stream().mapToDouble(Bar::value).min().orElse(1);
        double end = WIDTH - RIGHT;
        return logarithmic ? Scale.logarithmic(least / 2, most, LEFT, end) : Scale.linear(most, LEFT, end);
    }
}
