package io.flashcall.testbed.behaviour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// A YAML file as a tree whose nodes know their line, so that a complaint can say where.
sealed interface Yaml {

    /// Counted from 1.
    int line();

    record Scalar(int line, String text) implements Yaml {}

    record Sequence(int line, List<Yaml> items) implements Yaml {}

    record Mapping(int line, Map<String, Yaml> entries) implements Yaml {}

    /// Reads the file's one document.
    ///
    /// @throws IllegalArgumentException naming file and line, if it is no YAML
    /// @throws UncheckedIOException if it cannot be read
    static Yaml read(Path file) {
        try (JsonParser parser =
                new YAMLFactory().createParser(tools.jackson.core.ObjectReadContext.empty(), Files.readString(file))) {
            return parser.nextToken() == null ? new Mapping(1, Map.of()) : node(parser);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IllegalArgumentException(file + ":" + line + ": no YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Yaml node(JsonParser parser) {
        int line = parser.currentTokenLocation().getLineNr();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, line);
            case START_ARRAY -> {
                List<Yaml> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(node(parser));
                }
                yield new Sequence(line, items);
            }
            case null, default -> new Scalar(line, parser.getString() == null ? "" : parser.getString());
        };
    }

    private static Yaml mapping(JsonParser parser, int line) {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            entries.put(key, node(parser));
        }
        return new Mapping(line, entries);
    }
}
