package io.flashcall.server.config;

import io.flashcall.server.config.ReceiptRule.Fields;
import io.flashcall.server.config.ReceiptRule.Proof;
import io.flashcall.server.config.ReceiptRule.States;
import io.flashcall.verification.ChannelName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads `receipts` of a channel.
///
/// @param channel   whose
/// @param publicUrl how the service is reached from outside
/// @param constants of the request, which values here may name too
record ReceiptRuleReader(ChannelName channel, Optional<String> publicUrl, Map<String, String> constants) {

    /// 128 bits in the 64 letters of Base64 are 22 of them.
    private static final Kind<String> TOKEN = new Kind<>(
            "22 to 128 of A-Z a-z 0-9 - _, best ${NAME} with what `openssl rand -hex 24` prints",
            Kind.matching("", Pattern.compile("[A-Za-z0-9_-]{22,128}")).parser(),
            Kind.SECRET.mask());

    private static final Kind<String> POINTER =
            Kind.matching("a JSON pointer such as /results/*/status", Pattern.compile("(?:/[^/\\p{Cntrl}]+)+"));
    private static final Kind<String> HEADER =
            Kind.matching("the name of an HTTP header", Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}"));
    private static final Kind<String> SCHEME =
            Kind.oneOf(List.of("hmac-sha256", "hmac-sha1", "twilio", "jwt", "bearer", "basic"));
    private static final Kind<String> ENCODING = Kind.oneOf(List.of("hex", "base64"));
    private static final String SECRET_PATH = "secret_path";
    private static final String SIGNATURE = "signature";

    Optional<ReceiptRule> read(Section section) {
        var fields = fields(section);
        var states = new States(words(section, "delivered"), words(section, "failed"), words(section, "unknown"));
        if (states.delivered().isEmpty() && states.failed().isEmpty()) {
            section.tell("delivered", "words of the provider that mean it arrived, such as [delivered, read]");
        }
        var path =
                section.optional(SECRET_PATH, Kind.SECRET).flatMap(text -> checked(section, SECRET_PATH, TOKEN, text));
        var signature = section.has(SIGNATURE) ? section.section(SIGNATURE, this::signature) : Optional.<Proof>empty();
        if (!section.has(SECRET_PATH) && !section.has(SIGNATURE)) {
            section.tell(SIGNATURE, "signature or secret_path, or anybody could send receipts");
        }
        var challenge = section.optional("challenge", Kind.SECRET).map(this::filled);
        var proofs = new ArrayList<Proof>();
        path.ifPresent(token -> proofs.add(new Proof.SecretPath(token)));
        signature.ifPresent(proofs::add);
        if (fields.isEmpty() || proofs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ReceiptRule(fields.get(), states, proofs, challenge, url(path)));
    }

    private Optional<Fields> fields(Section section) {
        var items = section.optional("items", POINTER);
        var id = section.optional("id", POINTER);
        var reference = section.optional("reference", POINTER);
        var status = section.required("status", POINTER);
        var detail = section.optional("detail", POINTER);
        if (!section.has("id") && !section.has("reference")) {
            section.tell("id", "id or reference: where a receipt says which message it is about");
        }
        return status.map(word -> new Fields(items, id, reference, word, detail));
    }

    private Optional<Proof> signature(Section section) {
        var scheme = section.required("scheme", SCHEME);
        var secret = section.required("secret", Kind.SECRET).map(this::filled);
        if (secret.filter(String::isBlank).isPresent()) {
            section.tellOf("secret", "\"\" (expected: text that is not empty)");
        }
        var user = section.optional("user", Kind.SECRET).map(this::filled);
        var header = section.optional("header", HEADER);
        var prefix = section.value("prefix", Kind.TEXT, "");
        boolean base64 = section.value("encoding", ENCODING, "hex").equals("base64");
        return scheme.flatMap(word -> secret.flatMap(key -> switch (word) {
            case "twilio" -> urlSigned(section, key);
            case "jwt" -> Optional.of(new Proof.Token(key));
            case "bearer" -> Optional.of(new Proof.Login("Bearer " + key));
            case "basic" -> basic(section, user, key);
            default -> signed(section, word, header, new Proof.Signed("", "", prefix, base64, key));
        }));
    }

    private static Optional<Proof> signed(Section section, String scheme, Optional<String> header, Proof.Signed rest) {
        if (header.isEmpty()) {
            section.tell("header", "the header that holds the signature");
        }
        var algorithm = scheme.equals("hmac-sha1") ? "HmacSHA1" : "HmacSHA256";
        return header.map(name -> new Proof.Signed(
                algorithm, name.toLowerCase(Locale.ROOT), rest.prefix(), rest.base64(), rest.secret()));
    }

    private Optional<Proof> urlSigned(Section section, String key) {
        if (publicUrl.isEmpty()) {
            section.tellOf(
                    "scheme",
                    "twilio without public_url (expected: public_url at the top of the file, since the signature is over"
                            + " the URL that Twilio asks)");
        }
        return Optional.of(new Proof.UrlSigned(key));
    }

    private static Optional<Proof> basic(Section section, Optional<String> user, String password) {
        if (user.isEmpty()) {
            section.tell("user", "the user that the provider sends with the password");
        }
        return user.map(name -> new Proof.Login(basic(name, password)));
    }

    /// An `Authorization` header (RFC 7617).
    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> url(Optional<String> token) {
        return publicUrl.map(url ->
                url + "/v1/receipts/" + channel + token.map(path -> "/" + path).orElse(""));
    }

    private Set<String> words(Section section, String key) {
        return section.list(key, Kind.TEXT).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<String> checked(Section section, String key, Kind<String> kind, String text) {
        try {
            return Optional.of(kind.parser().apply(filled(text)));
        } catch (IllegalArgumentException e) {
            section.tellOf(key, "*** (expected: " + kind.expected() + ")");
            return Optional.empty();
        }
    }

    private String filled(String text) {
        return HttpRequestReader.filled(text, constants);
    }
}
