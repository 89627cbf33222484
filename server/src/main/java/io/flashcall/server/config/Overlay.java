package io.flashcall.server.config;

import io.flashcall.server.config.Node.Alias;
import io.flashcall.server.config.Node.Entry;
import io.flashcall.server.config.Node.Mapping;
import io.flashcall.server.config.Node.Nothing;
import io.flashcall.server.config.Node.Scalar;
import io.flashcall.server.config.Node.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;

/// Lays what somebody wrote over what stands elsewhere: mappings are joined, anything else is replaced.
final class Overlay {

    private Overlay() {}

    /// @param line on which all that comes from `below` is said to stand
    static Map<String, Entry> join(Map<String, Entry> below, Map<String, Entry> above, int line) {
        var joined = new LinkedHashMap<String, Entry>();
        below.forEach((key, entry) -> joined.put(key, new Entry(line, moved(entry.value(), line))));
        above.forEach((key, entry) -> joined.merge(key, entry, (lower, upper) -> over(lower, upper, line)));
        return joined;
    }

    private static Entry over(Entry lower, Entry upper, int line) {
        return lower.value() instanceof Mapping low && upper.value() instanceof Mapping high
                ? new Entry(upper.line(), new Mapping(high.line(), join(low.entries(), high.entries(), line)))
                : upper;
    }

    private static Node moved(Node node, int line) {
        return switch (node) {
            case Scalar scalar -> new Scalar(line, scalar.text());
            case Nothing _ -> new Nothing(line);
            case Alias alias -> new Alias(line, alias.name());
            case Sequence sequence ->
                new Sequence(
                        line,
                        sequence.items().stream().map(item -> moved(item, line)).toList());
            case Mapping mapping -> new Mapping(line, join(mapping.entries(), Map.of(), line));
        };
    }
}
