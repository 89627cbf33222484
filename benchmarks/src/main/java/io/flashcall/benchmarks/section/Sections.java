package io.flashcall.benchmarks.section;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All sections, in the order in which they run.
public final class Sections {

    private static final Map<String, Section> ALL = all(
            Map.entry("cost", new CostSection()),
            Map.entry("ceiling", new CeilingSection()),
            Map.entry("lateness", new LatenessSection()),
            Map.entry("memory", new MemorySection()),
            Map.entry("start", new StartSection()),
            Map.entry("micro", new MicroSection()),
            Map.entry("product", new ProductSection()),
            Map.entry("soak", new SoakSection()));

    private Sections() {}

    @SafeVarargs
    private static Map<String, Section> all(Map.Entry<String, ? extends Section>... sections) {
        var all = new LinkedHashMap<String, Section>();
        for (var section : sections) {
            all.put(section.getKey(), section.getValue());
        }
        return all;
    }

    public static List<Section> all() {
        return List.copyOf(ALL.values());
    }

    /// Those of these names; all where there is none.
    ///
    /// @throws IllegalArgumentException naming the one that does not exist
    public static List<Section> named(List<String> names) {
        if (names.isEmpty()) {
            return all();
        }
        var wanted = new ArrayList<Section>();
        for (String name : names) {
            var section = ALL.get(name);
            if (section == null) {
                throw new IllegalArgumentException("--only: " + name + " (expected: of " + ALL.keySet() + ")");
            }
            wanted.add(section);
        }
        return wanted;
    }

    /// Their names, for the command's help.
    public static final class Names implements Iterable<String> {

        public Names() {}

        @Override
        public Iterator<String> iterator() {
            return List.copyOf(ALL.keySet()).iterator();
        }
    }
}
