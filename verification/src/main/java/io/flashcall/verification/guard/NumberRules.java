package io.flashcall.verification.guard;

import io.flashcall.engine.E164;
import java.util.Optional;

/// Which numbers may be called at all. Thread-safe.
public interface NumberRules {

    /// @param text          as somebody typed it
    /// @param defaultRegion ISO 3166 region of numbers without `+`
    Verdict judge(String text, Optional<String> defaultRegion);

    sealed interface Verdict {

        /// @param country ISO 3166 region, or `ZZ` where the number belongs to none
        record Accepted(E164 number, String country) implements Verdict {}

        /// @param reason one word for machines: `impossible`, `not_in_plan`, `premium_rate`, `shared_cost`, `pager`,
        ///               `voicemail`, `no_region`
        /// @param detail one sentence for people, with the number masked
        record Refused(String reason, String detail) implements Verdict {}
    }
}
