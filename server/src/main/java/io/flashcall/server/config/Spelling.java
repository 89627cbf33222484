package io.flashcall.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the known key that somebody may have meant.
public final class Spelling {

    private static final int TOLERANCE = 3;

    private Spelling() {}

    /// The nearest of `known`, if no more than a third of its letters differ; case and hyphens do not
    /// count.
    public static Optional<String> nearest(String key, Collection<String> known) {
        var written =
                key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> distance(written, candidate) <= Math.max(1, candidate.length() / TOLERANCE))
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)));
    }

    /// Levenshtein's: insertions, deletions and replacements of a character.
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
