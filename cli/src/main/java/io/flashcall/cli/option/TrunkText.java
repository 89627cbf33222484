package io.flashcall.cli.option;

import io.flashcall.engine.SipTarget;

/// What follows `--trunk`: an address, or the name of a configured trunk.
public sealed interface TrunkText {

    /// An ad-hoc trunk.
    record Address(SipTarget target) implements TrunkText {
        @Override
        public String toString() {
            return target.toString();
        }
    }

    /// A trunk of the configuration.
    record Name(String name) implements TrunkText {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Reads `127.0.0.1:5070`, `[::1]:5070;transport=tls`, `localhost:5070` or `carrier-a`. What could be either is a
    /// name.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    static TrunkText parse(String text) {
        if (text.matches("[a-z0-9_-]{1,32}")) {
            return new Name(text);
        }
        try {
            return new Address(SipTarget.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + ", or the name of a configured trunk, 1 to 32 of a-z 0-9 - _", e);
        }
    }
}
