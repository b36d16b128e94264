package dev.callqueue.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/** Lines over an axis, each with its name at its end. */
final class LineChart {
    private static final int WIDTH = 820;
    private static final int HEIGHT = 440;
    private static final int TOP = 96;
    private static final int BOTTOM = 56;
    private static final int LEFT = 80;
    private static final int RIGHT = 220;
    private static final double NAME_HEIGHT = 15;

    private final String title;
    private final String note;
    private final Axis across;
    private final Axis up;
    private final List<Line> lines = new ArrayList<>();

    LineChart(String title, String note, Axis across, Axis up) {
        this.title = title;
        this.note = note;
        this.across = across;
        this.up = up;
    }

    /**
     * An axis.
     *
     * @param title what it shows
     * @param logarithmic whether equal factors have equal lengths
     * @param ticks the values to write at it; none for those that the scale chooses
     * @param words a value in words
     */
    record Axis(String title, boolean logarithmic, List<Double> ticks, DoubleFunction<String> words) {}

    /** A line: its points from left to right. */
    private static final class Line {
        private final String name;
        private final String style;
        private final double[] xs;
        private final double[] ys;

        Line(String name, String style, double[] xs, double[] ys) {
            this.name = name;
            this.style = style;
            this.xs = xs;
            this.ys = ys;
        }

        double end() {
            return ys[ys.length - 1];
        }

        boolean isOwn() {
            return style.equals(Svg.OWN);
        }
    }

    /** Adds a line; the style is one of the drawing's colours. */
    LineChart line(String name, String style, double[] xs, double[] ys) {
        if (xs.length != ys.length || xs.length == 0) {
            throw new IllegalArgumentException(
                    "a line needs as many values as points: " + xs.length + ", " + ys.length);
        }
        lines.add(new Line(name, style, xs, ys));
        return this;
    }

    String draw() {
        Svg svg = new Svg(WIDTH, HEIGHT, title);
        svg.text("title", 24, 32, Svg.Anchor.START, title);
        svg.text("note", 24, 52, Svg.Anchor.START, note);
        double bottom = HEIGHT - BOTTOM;
        double right = WIDTH - RIGHT;
        Scale x = across(right);
        Scale y = up(bottom);
        for (double tick : y.ticks(up.ticks)) {
            svg.line("grid", LEFT, y.at(tick), right, y.at(tick));
            svg.text("note", LEFT - 8, y.at(tick) + 4, Svg.Anchor.END, Scale.brief(up.words.apply(tick)));
        }
        for (double tick : x.ticks(across.ticks)) {
            svg.line("axis", x.at(tick), bottom, x.at(tick), bottom + 5);
            svg.text("note", x.at(tick), bottom + 20, Svg.Anchor.MIDDLE, across.words.apply(tick));
        }
        svg.line("axis", LEFT, bottom, right, bottom);
        svg.text("note", (LEFT + right) / 2, bottom + 42, Svg.Anchor.MIDDLE, across.title);
        svg.text("note", 24, TOP - 16, Svg.Anchor.START, up.title);
        for (Line line : lines) {
            if (!line.isOwn()) {
                draw(svg, line, x, y);
            }
        }
        lines.stream().filter(Line::isOwn).forEach(line -> draw(svg, line, x, y)); // on top
        drawNames(svg, right, y);
        return svg.toString();
    }

    private void draw(Svg svg, Line line, Scale x, Scale y) {
        double[] xs = Arrays.stream(line.xs).map(x::at).toArray();
        double[] ys = Arrays.stream(line.ys).map(y::at).toArray();
        svg.path(line.style, line.isOwn() ? 3.5 : 2, xs, ys);
        for (int i = 0; i < xs.length && xs.length <= 12; i++) {
            svg.dot(line.style, xs[i], ys[i], line.name + ": " + up.words.apply(line.ys[i]));
        }
    }

    /** At the lines' ends, pushed apart where they would cover each other. */
    private void drawNames(Svg svg, double right, Scale y) {
        List<Line> downwards = lines.stream()
                .sorted(Comparator.comparingDouble((Line line) -> y.at(line.end())))
                .toList();
        double lowest = HEIGHT - BOTTOM - NAME_HEIGHT * (downwards.size() - 1);
        double above = TOP - NAME_HEIGHT;
        for (Line line : downwards) {
            double place = Math.min(Math.max(y.at(line.end()), above + NAME_HEIGHT), lowest);
            svg.text("name " + line.style, right + 12, place + 4, Svg.Anchor.START, line.name);
            above = place;
            lowest += NAME_HEIGHT;
        }
    }

    private Scale across(double right) {
        double least = lines.stream().mapToDouble(line -> line.xs[0]).min().orElse(1);
        double most = lines.stream()
                .mapToDouble(line -> line.xs[line.xs.length - 1])
                .max()
                .orElse(10);
        if (across.logarithmic) {
            return new Scale(true, least, Math.max(most, 2 * least), LEFT + 14, right - 4);
        }
        return new Scale(false, least, Math.max(most, least + 1), LEFT + 14, right - 4);
    }

    private Scale up(double bottom) {
        double least = values().min().orElse(1);
        double most = values().max().orElse(10);
        return up.logarithmic ? Scale.logarithmic(least, most, bottom, TOP) : Scale.linear(most, bottom, TOP);
    }

    private DoubleStream values() {
        return lines.stream().flatMapToDouble(line -> Arrays.stream(line.ys));
    }
}
