package io.flashcall.benchmarks.plot;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/// A chart of lines over one axis, as SVG that reads well on light and dark pages. Both axes begin at 0.
public final class LineChart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 64;
    private static final int RIGHT = 190;
    private static final int TOP = 44;
    private static final int BOTTOM = 52;
    private static final int TICKS = 5;
    private static final String[] COLOURS = {"#d9480f", "#1971c2", "#2f9e44", "#868e96", "#9c36b5", "#e8890c"};

    private final String title;
    private final String across;
    private final String up;
    private final Map<String, SortedMap<Double, Double>> lines = new LinkedHashMap<>();

    /// @param across what the horizontal axis counts
    /// @param up     what the vertical one does
    public LineChart(String title, String across, String up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    /// One line; one without points is left out.
    public void add(String name, SortedMap<Double, Double> points) {
        if (!points.isEmpty()) {
            lines.put(name, points);
        }
    }

    public boolean hasLines() {
        return !lines.isEmpty();
    }

    /// The whole picture.
    public String svg() {
        double mostAcross = step(most(true)) * TICKS;
        double mostUp = step(most(false)) * TICKS;
        var svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                WIDTH,
                HEIGHT));
        svg.append(text(LEFT, 24, "start", "font-weight=\"bold\" font-size=\"15\"", title));
        for (int i = 0; i <= TICKS; i++) {
            double value = mostUp * i / TICKS;
            double y = y(value, mostUp);
            svg.append(line(LEFT, y, WIDTH - RIGHT, y, i == 0 ? "#495057" : "#e9ecef"));
            svg.append(text(LEFT - 8, y + 4, "end", "", label(value)));
            double at = mostAcross * i / TICKS;
            svg.append(text(x(at, mostAcross), HEIGHT - BOTTOM + 20, "middle", "", label(at)));
        }
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "", across));
        svg.append(text(LEFT, TOP - 4, "start", "fill=\"#495057\"", up));
        int colour = 0;
        for (var line : lines.entrySet()) {
            svg.append(drawn(line.getKey(), line.getValue(), mostAcross, mostUp, colour++));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String drawn(
            String name, SortedMap<Double, Double> points, double mostAcross, double mostUp, int index) {
        String colour = COLOURS[index % COLOURS.length];
        var path = new StringBuilder();
        var marks = new StringBuilder();
        points.forEach((at, value) -> {
            double x = x(at, mostAcross);
            double y = y(value, mostUp);
            path.append(String.format(Locale.ROOT, "%s%.1f,%.1f", path.isEmpty() ? "M" : " L", x, y));
            marks.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n", x, y, colour));
        });
        int y = TOP + 14 + 22 * index;
        return String.format(
                        Locale.ROOT, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, colour)
                + marks
                + String.format(
                        Locale.ROOT,
                        "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>%n",
                        WIDTH - RIGHT + 18,
                        y - 4,
                        colour)
                + text(WIDTH - RIGHT + 30, y, "start", "", name);
    }

    private double most(boolean horizontally) {
        return lines.values().stream()
                .flatMap(points -> (horizontally ? points.keySet() : points.values()).stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }

    /// The least of 1, 2, 2.5 and 5 times a power of ten of which so many reach the most.
    private static double step(double most) {
        double rough = Math.max(most, 1e-9) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double times : new double[] {1, 2, 2.5, 5}) {
            if (times * power >= rough) {
                return times * power;
            }
        }
        return 10 * power;
    }

    private static double x(double value, double most) {
        return LEFT + value / most * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double most) {
        return HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM);
    }

    private static String label(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String line(double x1, double y1, double x2, double y2, String colour) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour);
    }

    private static String text(double x, double y, String anchor, String more, String text) {
        String safe = text.replace("&", "&amp;").replace("<", "&lt;");
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>%n", x, y, anchor, more, safe);
    }
}
