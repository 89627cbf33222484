package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig.Radix;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;

/// Reads delivery receipts, as they are in the specification (SMPP 3.4 section 5.3.2.12 and appendix B) and as they
/// are:
/// in any case, with fields missing. What the optional parameters say counts more than the text.
///
/// @param radix how ids in texts are written
record ReceiptReader(Radix radix) {

    private static final int MESSAGE_TYPE = 0x3c;
    private static final int RECEIPT = 0x04;
    private static final int INTERMEDIATE = 0x20;
    private static final Pattern ID = field("id", "[^\\s]{1,64}");
    private static final Pattern STATE = field("stat", "[A-Za-z]{2,13}");
    private static final Pattern ERROR = field("err", "[0-9A-Za-z]{1,6}(?![0-9A-Za-z])");

    /// What a deliver_sm is.
    sealed interface Read {

        /// @param id    by which submit_sm_resp named the message, see [#id]
        /// @param state as the SMSC says it, such as `DELIVRD`
        /// @param error as the SMSC says it; empty if it says nothing
        record Report(String id, String state, String error) implements Read {}

        /// Not about a message of ours, or nothing that is final.
        record Other() implements Read {}

        /// A receipt that does not say of which message, or not what became of it.
        record Unreadable() implements Read {}
    }

    /// The id of a submit_sm_resp in the form in which receipts are compared with it.
    String id(String answered) {
        return switch (radix) {
            case AS_IS -> answered.strip();
            case HEX -> decimal(answered, 16);
            case DEC -> decimal(answered, 10);
        };
    }

    Read read(DeliverSm message) {
        var named = parameter(message, OptionalParameter.Receipted_message_id.class)
                .map(ReceiptReader::terminated)
                .filter(id -> !id.isBlank());
        int type = message.getEsmClass() & MESSAGE_TYPE;
        if (type == INTERMEDIATE || (type != RECEIPT && named.isEmpty())) {
            return new Read.Other();
        }
        var text = text(message);
        var id = named.map(this::id).or(() -> found(ID, text).map(this::idOfText));
        var state = parameter(message, OptionalParameter.Message_state.class)
                .flatMap(known -> word(known.getValue()))
                .or(() -> found(STATE, text).map(word -> word.toUpperCase(Locale.ROOT)));
        if (id.isEmpty() || state.isEmpty()) {
            return new Read.Unreadable();
        }
        return new Read.Report(id.get(), state.get(), found(ERROR, text).orElse(""));
    }

    /// Not every SMSC ends it with a zero, as it should; the library would take the last character for it.
    private static String terminated(OptionalParameter.COctetString parameter) {
        return new String(parameter.getValue(), StandardCharsets.ISO_8859_1).replaceFirst("\0.*", "");
    }

    private static String text(DeliverSm message) {
        var octets = message.getShortMessage();
        if (octets == null || octets.length == 0) {
            octets = parameter(message, OptionalParameter.Message_payload.class)
                    .map(OptionalParameter.OctetString::getValue)
                    .orElse(new byte[0]);
        }
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static <T extends OptionalParameter> Optional<T> parameter(DeliverSm message, Class<T> type) {
        return message.getOptionalParameters() == null
                ? Optional.empty()
                : Optional.ofNullable(message.getOptionalParameter(type));
    }

    private String idOfText(String id) {
        return switch (radix) {
            case AS_IS -> id;
            case HEX -> decimal(id, 10);
            case DEC -> decimal(id, 16);
        };
    }

    private static String decimal(String id, int base) {
        try {
            return new BigInteger(id.strip(), base).toString();
        } catch (NumberFormatException _) {
            // Not what the configuration says: as it is, it may still match.
            return id.strip();
        }
    }

    /// Section 5.2.28.
    private static Optional<String> word(byte state) {
        return switch (state) {
            case 1 -> Optional.of("ENROUTE");
            case 2 -> Optional.of("DELIVRD");
            case 3 -> Optional.of("EXPIRED");
            case 4 -> Optional.of("DELETED");
            case 5 -> Optional.of("UNDELIV");
            case 6 -> Optional.of("ACCEPTD");
            case 7 -> Optional.of("UNKNOWN");
            case 8 -> Optional.of("REJECTD");
            default -> Optional.empty();
        };
    }

    private static Optional<String> found(Pattern field, String text) {
        var match = field.matcher(text);
        return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }

    private static Pattern field(String name, String value) {
        return Pattern.compile("(?<![A-Za-z])" + name + "\\s*:\\s*(" + value + ")", Pattern.CASE_INSENSITIVE);
    }
}
