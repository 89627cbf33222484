package io.flashcall.server.config;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A provider of messages or voice calls that is asked over HTTP. In the URL, in header values, in the body and in
/// messages, `{name}` stands for a value; every other brace stands for itself, so that JSON is written as it is. Values
/// are escaped for where they stand: in the URL as a query's, in the body as its content type asks.
///
/// @param name     the channel's
/// @param request  what is sent
/// @param answers  what the provider's answer means
/// @param texts    what the user reads or hears
/// @param price    of one message
/// @param receipts what the provider reports later; empty: nothing that we read
public record HttpChannelConfig(
        ChannelName name,
        Request request,
        Answers answers,
        Texts texts,
        Optional<Price> price,
        Optional<ReceiptRule> receipts)
        implements ChannelConfig {

    /// Values that the URL, headers and body may name: `to` is E.164 with `+`, `digits` without; `text` the message;
    /// `reference` names session and attempt, for the provider to give back.
    public static final Set<String> REQUEST_VALUES =
            Set.of("to", "digits", "text", "code", "spaced_code", "app", "language", "session", "attempt", "reference");

    /// Stands among the constants of a request: where the provider is to send its receipts. Empty where they are not
    /// wanted, or we do not know how we are reached.
    public static final String RECEIPT_URL = "receipt_url";

    /// Values that messages may name.
    public static final Set<String> MESSAGE_VALUES = Set.of("code", "app", "minutes", "spaced_code");

    /// Where a value stands in a template.
    public static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    /// @param method    `POST`, `PUT` or `GET`
    /// @param url       template
    /// @param headers   templates by name; may hold the provider's credentials
    /// @param content   what is sent in the body
    /// @param constants more values that templates may name: account, sender and so on; may hold credentials
    /// @param allowPrivateAddresses whether it may be in a private, loopback or link-local network
    public record Request(
            String method,
            String url,
            Map<String, String> headers,
            Content content,
            Map<String, String> constants,
            boolean allowPrivateAddresses) {

        public Request {
            headers = Map.copyOf(headers);
            constants = Map.copyOf(constants);
        }

        @Override
        public String toString() {
            return "Request[" + method + "]";
        }
    }

    /// @param type says how values in the body are escaped: JSON, form, or as they are
    /// @param body template; empty for none
    /// @param form templates of a form's fields, instead of a body; what comes out empty is left out
    public record Content(String type, String body, Map<String, String> form) {

        /// The type of a form.
        public static final String FORM = "application/x-www-form-urlencoded";

        public Content {
            form = Map.copyOf(form);
        }

        /// A body that is one text.
        public Content(String type, String body) {
            this(type, body, Map.of());
        }
    }

    /// @param success   which answers mean that the provider took the message
    /// @param messageId JSON pointer to the id by which the provider knows it from then on
    /// @param timeout   for the whole request, 100 ms to 60 s
    public record Answers(SuccessRule success, Optional<String> messageId, Duration timeout) {}

    /// @param minStatus lowest HTTP status that counts
    /// @param maxStatus highest
    /// @param pointer   JSON pointer (RFC 6901) into the answer, whose value must be `expected`
    /// @param expected  that value as text; empty: it must only be there
    public record SuccessRule(int minStatus, int maxStatus, Optional<String> pointer, Optional<String> expected) {

        public static final SuccessRule ANY_2XX = new SuccessRule(200, 299, Optional.empty(), Optional.empty());
    }

    /// @param messages templates by language (`en`, `pt-br`); `default` is always there
    public record Texts(Map<String, String> messages) {

        public static final String DEFAULT = "default";

        public Texts {
            messages = Map.copyOf(messages);
        }

        /// The template for a language: its own, that of its first part, or the default one.
        ///
        /// @param language BCP 47, such as `pt-BR`
        public String message(Optional<String> language) {
            var wanted = language.orElse(DEFAULT).toLowerCase(Locale.ROOT);
            var exact = messages.get(wanted);
            if (exact != null) {
                return exact;
            }
            var general = messages.get(wanted.replaceFirst("-.*", ""));
            return general != null ? general : messages.getOrDefault(DEFAULT, "{code}");
        }
    }
}
