package io.flashcall.testbed.behaviour;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/// A dialplan from a YAML file: rules in order, the first whose number pattern fits decides; behaviours may be
/// weighted.
///
/// ```yaml
/// rules:
///   - called: "+44*"              # a number, prefix* or *suffix; left out, every number
///     behaviour: ring:pdd=200ms   # or by-number, or: 20 x status-503:retry-after=5 then ring
///   - called: "*99"
///     mix:
///       - behaviour: ring
///         weight: 90
///       - behaviour: status-503:retry-after=30
///         weight: 10
/// otherwise: by-number            # for numbers no rule fits; ring if left out
/// ```
public final class CarrierScript implements Dialplan {

    private final Path file;
    private final List<Rule> rules;
    private final Dialplan otherwise;

    CarrierScript(Path file, List<Rule> rules, Dialplan otherwise) {
        this.file = file;
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
    }

    /// Reads a script.
    ///
    /// @throws IllegalArgumentException with one line for each problem: file, line, value and what was expected
    /// @throws java.io.UncheckedIOException if the file cannot be read
    public static CarrierScript load(Path file) {
        return new ScriptReader(file).read();
    }

    @Override
    public Behaviour behaviourFor(String called, RandomGenerator random) {
        return dialplanFor(called).behaviourFor(called, random);
    }

    @Override
    public boolean reflects(String called) {
        return dialplanFor(called).reflects(called);
    }

    private Dialplan dialplanFor(String called) {
        for (Rule rule : rules) {
            if (rule.fits(called)) {
                return rule.dialplan();
            }
        }
        return otherwise;
    }

    @Override
    public String describe() {
        return "script " + file;
    }

    /// What numbers of this pattern meet.
    record Rule(String pattern, Dialplan dialplan) {
        boolean fits(String called) {
            if (pattern.startsWith("*")) {
                return called.endsWith(pattern.substring(1));
            }
            return pattern.endsWith("*")
                    ? called.startsWith(pattern.substring(0, pattern.length() - 1))
                    : called.equals(pattern);
        }
    }

    /// One part of a mix.
    record Share(Behaviour behaviour, double weight) {}

    /// A choice by weight, anew for each call.
    record Mix(List<Share> shares) implements Dialplan {
        @Override
        public Behaviour behaviourFor(String called, RandomGenerator random) {
            double point = random.nextDouble()
                    * shares.stream().mapToDouble(Share::weight).sum();
            for (Share share : shares) {
                point -= share.weight();
                if (point < 0) {
                    return share.behaviour();
                }
            }
            return shares.getLast().behaviour();
        }

        @Override
        public boolean reflects(String called) {
            return false;
        }

        @Override
        public String describe() {
            return "mix";
        }
    }
}
