package io.flashcall.server.config;

import io.flashcall.server.config.Node.Alias;
import io.flashcall.server.config.Node.Entry;
import io.flashcall.server.config.Node.Mapping;
import io.flashcall.server.config.Node.Nothing;
import io.flashcall.server.config.Node.Scalar;
import io.flashcall.server.config.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Turns the text of a YAML file, or of JSON, into [Node]s. Scalars stay the text that was written: whether
/// `180` is a number is for its reader to say. Reports syntax errors and duplicate keys.
final class YamlTree {

    private static final YAMLFactory YAML = new YAMLFactory();
    private static final JsonFactory JSON = new JsonFactory();
    private static final String EXPECTED = "YAML; a value such as \"[::1]:5060\" or \"a: b\" stands in quotes";

    private final String language;
    private final JsonParser parser;
    private final Report report;

    private YamlTree(String language, JsonParser parser, Report report) {
        this.language = language;
        this.parser = parser;
        this.report = report;
    }

    /// The mapping that the whole file is; empty when it is none, which the report then holds.
    static Optional<Mapping> parse(String text, Report report) {
        try (var parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            return new YamlTree("YAML", parser, report).document(text);
        }
    }

    /// The same for JSON. A key whose value is `null` counts as absent.
    static Optional<Mapping> parseJson(String text, Report report) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return new YamlTree("JSON", parser, report).document(text);
        }
    }

    private Optional<Mapping> document(String text) {
        try {
            var root = parser.nextToken() == null ? new Mapping(1, new LinkedHashMap<>()) : node("");
            if (parser.nextToken() != null) {
                report.add(line(), "file", "a second document", "one");
            }
            if (root instanceof Mapping mapping) {
                return Optional.of(mapping);
            }
            report.add(root.line(), "file", root instanceof Sequence ? "a list" : "text", "keys and values");
        } catch (JacksonException e) {
            report.add(lineOf(e, text), language, Masking.mask(reasonOf(e)), isJson() ? "JSON" : EXPECTED);
        }
        return Optional.empty();
    }

    private Node node(String path) {
        int line = line();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(path);
            case START_ARRAY -> sequence(path);
            case VALUE_NULL -> new Nothing(line);
            case null, default ->
                parser instanceof YAMLParser yaml && yaml.isCurrentAlias()
                        ? new Alias(line, parser.getString())
                        : new Scalar(line, parser.getString());
        };
    }

    private Mapping mapping(String path) {
        int line = line();
        var entries = new LinkedHashMap<String, Entry>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var key = parser.getString();
            int keyLine = line();
            var keyPath = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            var entry = new Entry(keyLine, node(keyPath));
            if (isJson() && entry.value() instanceof Nothing) {
                continue;
            }
            var first = entries.putIfAbsent(key, entry);
            if (first != null) {
                report.add(keyLine, keyPath, "given twice, first on line " + first.line(), "once");
            }
        }
        return new Mapping(line, entries);
    }

    private Sequence sequence(String path) {
        int line = line();
        var items = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]"));
        }
        return new Sequence(line, items);
    }

    private boolean isJson() {
        return language.equals("JSON");
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private int lineOf(JacksonException e, String text) {
        return switch (e.getCause()) {
            case MarkedYamlEngineException marked
            when marked.getProblemMark().isPresent() ->
                marked.getProblemMark().get().getLine() + 1;
            case ReaderException reader ->
                1
                        + (int) text.codePoints()
                                .limit(reader.getPosition())
                                .filter(c -> c == '\n')
                                .count();
            case null, default ->
                e.getLocation() == null ? line() : e.getLocation().getLineNr();
        };
    }

    /// Without the snippet of the file that the parser adds: it may show a secret.
    private static String reasonOf(JacksonException e) {
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            return marked.getContext() == null ? marked.getProblem() : marked.getContext() + ", " + marked.getProblem();
        }
        return e.getOriginalMessage();
    }
}
