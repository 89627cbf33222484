package io.flashcall.server.channel;

import io.flashcall.server.config.HttpChannelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A text with places for values, `{code}` and so on. Every other brace stands for itself. Immutable.
public final class Template {

    private final List<Part> parts;

    /// @param known names that stand for values
    public Template(String text, Set<String> known) {
        var found = new ArrayList<Part>();
        var place = HttpChannelConfig.PLACE.matcher(text);
        int from = 0;
        while (place.find()) {
            if (known.contains(place.group(1))) {
                found.add(new Part(text.substring(from, place.start()), false));
                found.add(new Part(place.group(1), true));
                from = place.end();
            }
        }
        found.add(new Part(text.substring(from), false));
        this.parts = List.copyOf(found);
    }

    /// @param values one for each known name
    public String render(Map<String, String> values, Escaping escaping) {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(part.isPlace ? escaping.apply(values.getOrDefault(part.text, "")) : part.text);
        }
        return text.toString();
    }

    private record Part(String text, boolean isPlace) {}
}
