package io.flashcall.testbed.behaviour;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads a [CarrierScript] and collects every problem in it before complaining.
final class ScriptReader {

    private final Path file;
    private final List<String> problems = new ArrayList<>();

    ScriptReader(Path file) {
        this.file = file;
    }

    CarrierScript read() {
        Optional<Yaml.Mapping> top = mapping("the file", Yaml.read(file), Set.of("rules", "otherwise"));
        List<CarrierScript.Rule> rules = new ArrayList<>();
        Dialplan otherwise = Dialplan.parse("ring");
        if (top.isPresent()) {
            for (Yaml item : sequence("rules", top.get())) {
                rule(item).ifPresent(rules::add);
            }
            Yaml last = top.get().entries().get("otherwise");
            otherwise = last == null ? otherwise : dialplan("otherwise", last).orElse(otherwise);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new CarrierScript(file, rules, otherwise);
    }

    private Optional<CarrierScript.Rule> rule(Yaml item) {
        Optional<Yaml.Mapping> rule = mapping("a rule", item, Set.of("called", "behaviour", "mix"));
        if (rule.isEmpty()) {
            return Optional.empty();
        }
        Yaml.Mapping entries = rule.get();
        Yaml behaviour = entries.entries().get("behaviour");
        boolean hasMix = entries.entries().containsKey("mix");
        if ((behaviour != null) == hasMix) {
            return complain(item, "rule", behaviour == null ? "{}" : "both", "either behaviour or mix");
        }
        Optional<Dialplan> dialplan = behaviour == null ? mix(entries) : dialplan("behaviour", behaviour);
        String pattern = pattern(entries);
        return dialplan.map(plan -> new CarrierScript.Rule(pattern, plan));
    }

    private String pattern(Yaml.Mapping rule) {
        Yaml called = rule.entries().get("called");
        if (called == null) {
            return "*";
        }
        String pattern = scalar("called", called);
        if (!pattern.matches("\\*?\\+?[0-9]*|\\+?[0-9]*\\*?") || pattern.isEmpty()) {
            complain(called, "called", pattern, "digits, with a + or not, and one * before or behind");
        }
        return pattern;
    }

    private Optional<Dialplan> mix(Yaml.Mapping rule) {
        List<CarrierScript.Share> shares = new ArrayList<>();
        List<Yaml> items = sequence("mix", rule);
        for (Yaml item : items) {
            mapping("a part of the mix", item, Set.of("behaviour", "weight"))
                    .flatMap(this::share)
                    .ifPresent(shares::add);
        }
        if (items.isEmpty()) {
            return complain(rule, "mix", "[]", "at least one behaviour with a weight");
        }
        return Optional.of(new CarrierScript.Mix(List.copyOf(shares)));
    }

    private Optional<CarrierScript.Share> share(Yaml.Mapping part) {
        Yaml behaviour = part.entries().get("behaviour");
        Yaml weight = part.entries().get("weight");
        if (behaviour == null || weight == null) {
            return complain(part, "mix", part.entries().keySet().toString(), "behaviour and weight");
        }
        double share = weight(weight);
        Optional<Behaviour> read = behaviour(behaviour, scalar("behaviour", behaviour));
        if (read.isPresent() && read.get().stateless()) {
            return complain(
                    behaviour, "behaviour", "reflect", "one that remembers: reflect cannot know what chance chose");
        }
        return read.map(chosen -> new CarrierScript.Share(chosen, share));
    }

    private double weight(Yaml node) {
        String text = scalar("weight", node);
        try {
            double weight = Double.parseDouble(text);
            if (weight > 0 && weight <= 1e9) {
                return weight;
            }
        } catch (NumberFormatException _) {
            // Complained about below, with the numbers out of range.
        }
        complain(node, "weight", text, "a number above 0");
        return 1;
    }

    private Optional<Dialplan> dialplan(String key, Yaml node) {
        try {
            return Optional.of(Dialplan.parse(scalar(key, node)));
        } catch (IllegalArgumentException e) {
            problems.add(file + ":" + node.line() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Behaviour> behaviour(Yaml node, String text) {
        try {
            return Optional.of(Behaviour.parse(text));
        } catch (IllegalArgumentException e) {
            problems.add(file + ":" + node.line() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Yaml.Mapping> mapping(String what, Yaml node, Set<String> keys) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            return complain(node, what, shown(node), "a mapping with " + new TreeSet<>(keys));
        }
        for (var entry : mapping.entries().entrySet()) {
            if (!keys.contains(entry.getKey())) {
                complain(
                        entry.getValue(),
                        entry.getKey(),
                        shown(entry.getValue()),
                        "one of the keys " + new TreeSet<>(keys));
            }
        }
        return Optional.of(mapping);
    }

    private List<Yaml> sequence(String key, Yaml.Mapping parent) {
        return switch (parent.entries().get(key)) {
            case null -> List.of();
            case Yaml.Sequence sequence -> sequence.items();
            case Yaml other -> {
                complain(other, key, shown(other), "a list");
                yield List.of();
            }
        };
    }

    private String scalar(String key, Yaml node) {
        if (node instanceof Yaml.Scalar(int _, String text)) {
            return text;
        }
        complain(node, key, shown(node), "one value");
        return "";
    }

    private <T> Optional<T> complain(Yaml node, String key, String value, String expected) {
        problems.add(file + ":" + node.line() + ": " + key + ": '" + value + "' (expected: " + expected + ")");
        return Optional.empty();
    }

    private static String shown(Yaml node) {
        return switch (node) {
            case Yaml.Scalar(int _, String text) -> text;
            case Yaml.Sequence _ -> "a list";
            case Yaml.Mapping _ -> "a mapping";
        };
    }
}
