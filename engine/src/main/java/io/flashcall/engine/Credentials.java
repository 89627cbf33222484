package io.flashcall.engine;

/// With what we prove to a carrier who we are, when it challenges a request (RFC 3261 §22, RFC 8760).
///
/// @param username 1 to 128 printable characters; the realm comes with the challenge
/// @param password read when the engine starts, and again by each reload
public record Credentials(String username, Password password) {

    private static final int LONGEST_USERNAME = 128;

    public Credentials {
        new Problems("auth")
                .check(isUsername(username), "username", username, "1 to " + LONGEST_USERNAME + " printable characters")
                .throwIfAny();
    }

    private static boolean isUsername(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_USERNAME
                && text.chars().noneMatch(Character::isISOControl);
    }
}
