package io.flashcall.server.config;

import io.flashcall.engine.RefusalMeaning;
import io.flashcall.engine.RefusalRules;
import java.util.Arrays;
import java.util.Locale;

/// Reads `refusals` of a trunk.
final class RefusalsReader {

    private static final Kind<RefusalMeaning> MEANING = Kind.oneOf(Arrays.stream(RefusalMeaning.values())
                    .map(RefusalsReader::word)
                    .toList())
            .map(word -> RefusalMeaning.valueOf(word.toUpperCase(Locale.ROOT)));

    private RefusalsReader() {}

    static RefusalRules read(Section trunk) {
        var overrides = trunk.values("refusals", MEANING);
        return trunk.build("", () -> new RefusalRules(overrides)).orElse(RefusalRules.STANDARD);
    }

    static String word(RefusalMeaning meaning) {
        return meaning.name().toLowerCase(Locale.ROOT);
    }
}
