package io.flashcall.server.config;

import io.flashcall.engine.CallerIds.Range;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.Pool.Ownership;
import io.flashcall.verification.number.Pool.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a caller-id pool.
///
/// @param directory that `numbers_file` is relative to; empty: there is no such key, as for text from the network
record PoolReader(Optional<Path> directory) {

    static final Kind<String> POOL =
            Kind.matching("a pool's name, 1 to 32 of a-z 0-9 - _", Pattern.compile("[a-z0-9_-]{1,32}"));
    static final Kind<String> TRUNK =
            Kind.matching("a trunk's name, 1 to 32 of a-z 0-9 - _", Pattern.compile("[a-z0-9_-]{1,32}"));

    private static final Kind<String> OWNER =
            Kind.matching("whom the numbers are assigned to", Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,200}"));
    private static final Kind<String> PROOF = Kind.matching(
            "how the assignment can be shown, in your own words", Pattern.compile("(?s)(?=.*\\S).{1,1000}"));
    private static final String NUMBERS = "numbers";
    private static final String FILE = "numbers_file";

    /// A pool whose name is one of its keys.
    Optional<Pool> read(Section section) {
        var name = section.required("name", POOL);
        var pool = body(name.orElse("unnamed"), section);
        return name.isPresent() ? pool : Optional.empty();
    }

    /// A pool whose name is the key of its section.
    Optional<Pool> read(String name, Section section) {
        var known = section.named(POOL, name);
        return known.flatMap(pool -> body(pool, section));
    }

    private Optional<Pool> body(String name, Section section) {
        var owner = section.required("owner", OWNER);
        var proof = section.required("proof", PROOF);
        var country = section.required("country", Kind.REGION);
        var trunks = section.requiredList("trunks", TRUNK);
        if (trunks.isEmpty() && section.has("trunks") && !section.faultyBelow("trunks")) {
            section.refuse("trunks", "at least one trunk that may show these numbers");
        }
        var numbers = numbers(section);
        boolean active = section.value("active", Kind.FLAG, true);
        var quarantined = section.list("quarantined", Kind.NUMBER);
        var disclosed = section.optional("disclosed_digits", Kind.between(0, 11));
        return owner.flatMap(who -> proof.flatMap(how -> country.flatMap(where -> section.make(
                NUMBERS,
                () -> new Pool(
                        name,
                        new Ownership(who, how, where),
                        Set.copyOf(trunks),
                        numbers,
                        new State(active, Set.copyOf(quarantined)),
                        disclosed)))));
    }

    private List<Range> numbers(Section section) {
        var ranges = new ArrayList<Range>();
        boolean fromFile = directory.isPresent() && section.has(FILE);
        if (fromFile) {
            section.optional(FILE, Kind.TEXT)
                    .ifPresent(file -> ranges.addAll(new NumbersFile(section, FILE)
                            .read(directory.orElseThrow().resolve(file))));
        }
        ranges.addAll(
                fromFile ? section.list(NUMBERS, Kind.CALLER_IDS) : section.requiredList(NUMBERS, Kind.CALLER_IDS));
        if (ranges.stream().mapToLong(PoolReader::size).sum() > Pool.MOST_NUMBERS) {
            section.tell(fromFile ? FILE : NUMBERS, "at most " + Pool.MOST_NUMBERS + " numbers in a pool");
            return List.of();
        }
        return ranges;
    }

    private static long size(Range range) {
        return Long.parseLong(range.last().digits())
                - Long.parseLong(range.first().digits())
                + 1;
    }
}
