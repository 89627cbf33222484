package io.flashcall.verification;

import io.flashcall.verification.store.ApiKeys.Scope;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// An API key as its owner has it: `fc_srv_`, 12 characters that name it, `_`, and 40 random ones (200 bits).
/// Shown once, when it is made; only its hash is kept.
///
/// @param scope what it may do
/// @param id    names it in lists and logs
/// @param text  the whole key
public record KeyText(Scope scope, String id, String text) {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern FORM =
            Pattern.compile("fc_(pub|srv|adm)_([0-9a-hj-km-np-tv-z]{12})_[0-9a-hj-km-np-tv-z]{40}");
    private static final int WEBHOOK_SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Draws a new one.
    public static KeyText draw(Scope scope) {
        var id = letters(12);
        return new KeyText(scope, id, "fc_" + label(scope) + "_" + id + "_" + letters(40));
    }

    /// Reads one; empty when it is none of ours.
    public static Optional<KeyText> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? Optional.of(new KeyText(scope(form.group(1)), form.group(2), text)) : Optional.empty();
    }

    /// A secret for the client of one session, 200 random bits.
    public static String clientSecret() {
        return "fcs_" + letters(40);
    }

    /// A secret that signs webhooks: `whsec_` and 32 random bytes in base 64, as Standard Webhooks wants it.
    public static String webhookSecret() {
        byte[] bytes = new byte[WEBHOOK_SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    /// What is kept of it.
    public String hash() {
        return Vault.hash(text);
    }

    @Override
    public String toString() {
        return "fc_" + label(scope) + "_" + id + "_…";
    }

    private static String letters(int count) {
        var letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return letters.toString();
    }

    private static String label(Scope scope) {
        return switch (scope) {
            case PUBLISHABLE -> "pub";
            case SERVER -> "srv";
            case ADMIN -> "adm";
        };
    }

    private static Scope scope(String label) {
        return switch (label) {
            case "pub" -> Scope.PUBLISHABLE;
            case "srv" -> Scope.SERVER;
            default -> Scope.ADMIN;
        };
    }
}
