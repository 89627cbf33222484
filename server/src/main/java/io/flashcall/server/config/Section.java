package io.flashcall.server.config;

import io.flashcall.engine.ConfigException;
import io.flashcall.server.config.Node.Entry;
import io.flashcall.server.config.Node.Mapping;
import io.flashcall.server.config.Node.Nothing;
import io.flashcall.server.config.Node.Scalar;
import io.flashcall.server.config.Node.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// One mapping of the file, read key by key. Asking for a key makes it a known one; when the reader is done, the
/// others are reported. A bad value is reported and its default taken, so that reading goes on.
final class Section {

    private static final Pattern EXPECTED = Pattern.compile("\\(expected: (.+)\\)");

    private final String path;
    private final int line;
    private Map<String, Entry> entries;
    private final Environment environment;
    private final Report report;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String path, int line, Map<String, Entry> entries, Environment environment, Report report) {
        this.path = path;
        this.line = line;
        this.entries = entries;
        this.environment = environment;
        this.report = report;
    }

    static <T> T readRoot(Mapping root, Environment environment, Report report, Function<Section, T> reader) {
        return new Section("", root.line(), root.entries(), environment, report).read(reader);
    }

    /// Where it begins.
    int line() {
        return line;
    }

    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    boolean isScalar(String key) {
        return has(key) && entry(key).value() instanceof Scalar;
    }

    boolean isMapping(String key) {
        return has(key) && entry(key).value() instanceof Mapping;
    }

    /// Whether there is a problem with this very key.
    boolean faulty(String key) {
        return report.faulty(pathOf(key));
    }

    /// Whether there is a problem with this key or what stands below it.
    boolean faultyBelow(String key) {
        return report.faultyBelow(pathOf(key));
    }

    /// What this section's own name stands for; reported when it is something else.
    <T> Optional<T> named(Kind<T> kind, String name) {
        return scalar(path, line, new Scalar(line, name), kind);
    }

    /// Reports this section's own name.
    void refuseName(String name, String expected) {
        report.add(line, path, Masking.mask(name), expected);
    }

    <T> T value(String key, Kind<T> kind, T otherwise) {
        return has(key) ? scalar(key, kind).orElse(otherwise) : otherwise;
    }

    <T> Optional<T> optional(String key, Kind<T> kind) {
        return has(key) ? scalar(key, kind) : Optional.empty();
    }

    /// A file that is to be read, relative to this one.
    Optional<Path> file(String key) {
        return optional(key, Kind.PATH).map(environment.directory()::resolve);
    }

    /// As [#file], and the key must be there.
    Optional<Path> requiredFile(String key) {
        return required(key, Kind.PATH).map(environment.directory()::resolve);
    }

    <T> Optional<T> required(String key, Kind<T> kind) {
        if (has(key)) {
            return scalar(key, kind);
        }
        report.add(line, pathOf(key), "missing", kind.expected());
        return Optional.empty();
    }

    /// A value that comes from an environment variable, and stands in no file.
    Optional<String> secret(String key) {
        boolean written = has(key)
                && entry(key).value() instanceof Scalar scalar
                && !scalar.text().matches("\\$\\{\\w+}");
        if (written) {
            report.add(entry(key).line(), pathOf(key), "***", "${NAME}, an environment variable that holds it");
            return Optional.empty();
        }
        return optional(key, Kind.SECRET);
    }

    /// A list, or a single value that stands for a list of one. Empty when absent, and when one of its items is bad.
    <T> List<T> list(String key, Kind<T> kind) {
        if (!has(key)) {
            return List.of();
        }
        if (!(entry(key).value() instanceof Sequence sequence)) {
            return scalar(key, kind).stream().toList();
        }
        var values = new ArrayList<T>();
        int index = 0;
        for (var item : sequence.items()) {
            scalar(pathOf(key) + "[" + index++ + "]", item.line(), item, kind).ifPresent(values::add);
        }
        return values.size() == index ? values : List.of();
    }

    /// As [#list], and the key must be there.
    <T> List<T> requiredList(String key, Kind<T> kind) {
        if (!has(key)) {
            report.add(line, pathOf(key), "missing", kind.expected());
        }
        return list(key, kind);
    }

    /// The section below `key`; an empty one when it is absent.
    <T> T section(String key, Function<Section, T> reader) {
        var child = has(key) && !(entry(key).value() instanceof Nothing) ? child(key) : Optional.<Section>empty();
        return child.orElseGet(() -> new Section(pathOf(key), line, Map.of(), environment, report))
                .read(reader);
    }

    /// Each section below `key`, by its name; what cannot be read is left out. There must be one.
    <T> List<T> sections(String key, String expected, NamedReader<T> reader) {
        if (!has(key)) {
            report.add(line, pathOf(key), "missing", expected);
        } else if (isEmpty(entry(key).value())) {
            refuse(key, expected);
        }
        return sections(key, reader);
    }

    /// The same, and there may be none.
    <T> List<T> sections(String key, NamedReader<T> reader) {
        return section(key, parent -> {
            var values = new ArrayList<T>();
            for (var name : parent.entries.keySet()) {
                parent.known.add(name);
                parent.child(name)
                        .flatMap(child -> child.read(section -> reader.read(name, section)))
                        .ifPresent(values::add);
            }
            return values;
        });
    }

    /// The values below `key`, each by its own key, in the file's order.
    <T> Map<String, T> values(String key, Kind<T> kind) {
        return section(key, parent -> {
            var values = new LinkedHashMap<String, T>();
            for (var name : parent.entries.keySet()) {
                parent.optional(name, kind).ifPresent(value -> values.put(name, value));
            }
            return values;
        });
    }

    /// Each item of a list of mappings; what cannot be read is left out. A single mapping stands for a list of one.
    <T> List<T> items(String key, String expected, Function<Section, Optional<T>> reader) {
        return items(key, expected, Optional.empty(), reader);
    }

    /// The same, and an item may be a single value instead.
    <T> List<T> items(String key, Kind<T> brief, Function<Section, Optional<T>> reader) {
        return items(key, brief.expected(), Optional.of(brief), reader);
    }

    private <T> List<T> items(
            String key, String expected, Optional<Kind<T>> brief, Function<Section, Optional<T>> reader) {
        if (!has(key)) {
            return List.of();
        }
        var value = entry(key).value();
        var nodes = value instanceof Sequence sequence ? sequence.items() : List.of(value);
        var values = new ArrayList<T>();
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            var at = pathOf(key) + "[" + i + "]";
            if (node instanceof Mapping mapping) {
                new Section(at, node.line(), mapping.entries(), environment, report)
                        .read(reader)
                        .ifPresent(values::add);
            } else if (brief.isPresent()) {
                scalar(at, node.line(), node, brief.get()).ifPresent(values::add);
            } else {
                report.add(node.line(), at, Masking.mask(node.written()), expected);
            }
        }
        return values;
    }

    /// Goes on as if the template's keys stood here too, except those that do. What stands here for its parameters
    /// becomes constants of it.
    ///
    /// @param key whose value named the template
    void adopt(String key, ChannelTemplate template) {
        boolean receipts = !isScalar("receipts");
        int at = entry(key).line();
        var own = new LinkedHashMap<>(entries);
        var constants = new LinkedHashMap<String, Entry>();
        template.parameters().forEach((name, parameter) -> {
            known.add(name);
            var given = own.remove(name);
            if (given != null) {
                constants.put(name, given);
            } else if (parameter.otherwise().isPresent()) {
                constants.put(
                        name, new Entry(at, new Scalar(at, parameter.otherwise().get())));
            } else if (receipts || !parameter.forReceipts()) {
                var unless = parameter.forReceipts() ? "; or receipts: none" : "";
                report.add(at, pathOf(name), "missing", parameter.about() + unless);
                // So that the template's other keys are judged as if it were there.
                constants.put(name, new Entry(at, new Scalar(at, name)));
            }
        });
        var whole = new LinkedHashMap<>(template.channel().entries());
        whole.put("values", new Entry(at, new Mapping(at, constants)));
        entries = Overlay.join(whole, own, at);
    }

    /// Says nothing of keys that were not asked for.
    void ignoreTheRest() {
        known.addAll(entries.keySet());
    }

    /// Makes a record that refuses bad values with an [IllegalArgumentException]; what it says is told of `key`.
    <T> Optional<T> make(String key, Supplier<T> constructor) {
        try {
            return Optional.of(constructor.get());
        } catch (IllegalArgumentException e) {
            var said = EXPECTED.matcher(String.valueOf(e.getMessage()));
            tell(key, said.find() ? said.group(1) : String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /// Makes a record, which checks itself; see [#build(String, Map, Supplier)].
    <T> Optional<T> build(String prefix, Supplier<T> constructor) {
        return build(prefix, Map.of(), constructor);
    }

    /// Makes a record, which checks itself. Its problems are traced to this section's keys, except those of a key
    /// whose measure is another key that is itself wrong.
    ///
    /// @param prefix   with which the record's problems begin, such as `timers.`
    /// @param measures by key, the key that it is measured by
    <T> Optional<T> build(String prefix, Map<String, String> measures, Supplier<T> constructor) {
        try {
            return Optional.of(constructor.get());
        } catch (ConfigException e) {
            for (var problem : e.problems()) {
                var key = problem.key().startsWith(prefix) ? problem.key().substring(prefix.length()) : problem.key();
                var measure = measures.get(key);
                if (measure == null || !faulty(measure)) {
                    trace(key, problem);
                }
            }
            return Optional.empty();
        }
    }

    /// Reports the value of a key that is there.
    void refuse(String key, String expected) {
        var entry = entry(key);
        report.add(entry.line(), pathOf(key), Masking.mask(entry.value().written()), expected);
    }

    /// Reports the value of a key, or that it is missing.
    void tell(String key, String expected) {
        if (entries.containsKey(key)) {
            refuse(key, expected);
        } else {
            report.add(line, pathOf(key), "missing", expected);
        }
    }

    /// Reports a problem with a key, or with what its value names.
    ///
    /// @param problem all of it, masked
    void tellOf(String key, String problem) {
        var entry = entries.get(key);
        report.add(entry == null ? line : entry.line(), pathOf(key), problem);
    }

    /// Reports a problem of something further below, on its own line or on that of the nearest thing above it.
    ///
    /// @param below its path from here, such as `pools.uk.numbers` or `routes[2].trunk`
    void tellAt(String below, String problem) {
        Node node = new Mapping(line, entries);
        int at = line;
        for (var step : List.of(below.replace("[", ".[").split("\\.", -1))) {
            var entry = node instanceof Mapping mapping ? mapping.entries().get(step) : null;
            if (entry != null) {
                at = entry.line();
                node = entry.value();
            } else if (node instanceof Sequence sequence && step.startsWith("[")) {
                node = sequence.items().get(Integer.parseInt(step, 1, step.length() - 1, 10));
                at = node.line();
            } else {
                break;
            }
        }
        report.add(at, pathOf(below), problem);
    }

    private void trace(String key, ConfigException.Problem problem) {
        var entry = find(entries, key);
        report.add(
                entry.map(Entry::line).orElse(line),
                pathOf(key),
                Masking.mask(entry.map(e -> e.value().written()).orElse(problem.value())),
                problem.expected());
    }

    /// The entry of `target`, or of `trunks.carrier-a.target` some levels below.
    private static Optional<Entry> find(Map<String, Entry> entries, String key) {
        var entry = entries.get(key);
        int dot = key.indexOf('.');
        if (entry != null || dot < 0) {
            return Optional.ofNullable(entry);
        }
        var below = entries.get(key.substring(0, dot));
        return below != null && below.value() instanceof Mapping mapping
                ? find(mapping.entries(), key.substring(dot + 1))
                : Optional.empty();
    }

    private <T> T read(Function<Section, T> reader) {
        T value = reader.apply(this);
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                report.add(entry.line(), pathOf(key), "unknown key (" + suggestion(key) + ")");
            }
        });
        return value;
    }

    private String suggestion(String key) {
        return Spelling.nearest(key, known)
                .map(near -> "did you mean " + near + "?")
                .orElseGet(() -> "expected: one of " + String.join(", ", known));
    }

    private <T> Optional<T> scalar(String key, Kind<T> kind) {
        return scalar(pathOf(key), entry(key).line(), entry(key).value(), kind);
    }

    private <T> Optional<T> scalar(String at, int atLine, Node node, Kind<T> kind) {
        if (!(node instanceof Scalar scalar)) {
            report.add(atLine, at, kind.mask().apply(node.written()), kind.expected());
            return Optional.empty();
        }
        String text;
        try {
            text = environment.replaceIn(scalar.text());
        } catch (BadValueException e) {
            report.add(atLine, at, e.value(), e.expected());
            return Optional.empty();
        }
        try {
            return Optional.of(kind.parser().apply(text));
        } catch (BadValueException e) {
            report.add(atLine, at, kind.mask().apply(scalar.text()), e.expected());
        } catch (IllegalArgumentException e) {
            report.add(atLine, at, kind.mask().apply(scalar.text()), kind.expected());
        }
        return Optional.empty();
    }

    private Optional<Section> child(String key) {
        if (entry(key).value() instanceof Mapping mapping) {
            return Optional.of(new Section(pathOf(key), entry(key).line(), mapping.entries(), environment, report));
        }
        refuse(key, "keys and values");
        return Optional.empty();
    }

    private static boolean isEmpty(Node node) {
        return node instanceof Nothing
                || (node instanceof Mapping mapping && mapping.entries().isEmpty());
    }

    private Entry entry(String key) {
        var entry = entries.get(key);
        if (entry == null) {
            throw new IllegalStateException("asked for the value of an absent key: " + pathOf(key));
        }
        return entry;
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// Reads a section that has a name of its own.
    interface NamedReader<T> {
        Optional<T> read(String name, Section section);
    }
}
