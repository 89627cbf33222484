package io.flashcall.benchmarks.journal;

import java.util.LinkedHashMap;
import java.util.Map;

/// The figures of a cell, by name.
public final class Measured {

    private final Map<String, Double> figures;

    public Measured(Map<String, Double> figures) {
        this.figures = new LinkedHashMap<>(figures);
    }

    /// NaN where there is no such figure.
    public double get(String figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    Map<String, Double> all() {
        return figures;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Measured same && figures.equals(same.figures);
    }

    @Override
    public int hashCode() {
        return figures.hashCode();
    }

    @Override
    public String toString() {
        return figures.toString();
    }
}
