package io.flashcall.server.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A value of a YAML file that knows the line it stands on.
sealed interface Node {

    /// Counted from 1.
    int line();

    /// As it was written, in one line; environment variables not replaced.
    String written();

    /// Text, number or boolean: what it is, its reader decides.
    record Scalar(int line, String text) implements Node {

        @Override
        public String written() {
            return text;
        }
    }

    /// A key without a value.
    record Nothing(int line) implements Node {

        @Override
        public String written() {
            return "nothing";
        }
    }

    /// `*name`: a reference to a value elsewhere. None is followed, so it is never what its reader expects.
    record Alias(int line, String name) implements Node {

        @Override
        public String written() {
            return "*" + name;
        }
    }

    /// A list.
    record Sequence(int line, List<Node> items) implements Node {

        @Override
        public String written() {
            return items.stream().map(Node::written).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /// Keys and values, in the file's order.
    record Mapping(int line, Map<String, Entry> entries) implements Node {

        @Override
        public String written() {
            return entries.entrySet().stream()
                    .map(entry ->
                            entry.getKey() + ": " + entry.getValue().value().written())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /// @param line where the key stands
    record Entry(int line, Node value) {}
}
