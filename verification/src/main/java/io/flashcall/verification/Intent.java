package io.flashcall.verification;

import io.flashcall.engine.E164;
import java.util.Optional;

/// What somebody wants verified.
///
/// @param to            the number
/// @param country       ISO 3166 region of `to`, two letters, or `ZZ`
/// @param purpose       `signup`, `login`, `password_reset`, `device_change`, `transaction` or the app's own
/// @param userReference the app's own name for the user
/// @param transaction   JSON object that says what is being authorised; given back as it came
/// @param language      BCP 47 tag for messages
/// @param email         where email may reach the user; proves nothing by itself
public record Intent(
        E164 to,
        String country,
        String purpose,
        Optional<String> userReference,
        Optional<String> transaction,
        Optional<String> language,
        Optional<String> email) {

    /// Stands where a number was removed, since its session ended long ago or somebody asked for it. Nobody has it:
    /// +999 is assigned to no country.
    public static final E164 REMOVED = new E164("9990000000");

    /// What tells whose session it is stays out of logs.
    @Override
    public String toString() {
        return "Intent[" + to + ", " + country + ", " + purpose + "]";
    }

    /// Whether the number, and what else could tell whose session it was, was removed.
    public boolean isRemoved() {
        return to.equals(REMOVED);
    }
}
