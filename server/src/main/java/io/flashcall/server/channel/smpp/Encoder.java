package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig.Coding;
import io.flashcall.server.config.SmppChannelConfig.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.bean.OptionalParameter;

/// Writes a text as one message, or as parts that the phone puts together again. Neither an escape sequence nor a pair
/// of surrogates is taken apart. Thread-safe.
final class Encoder {

    private static final int UDH_INDICATOR = 0x40;
    // A message has at most 255 parts (3GPP TS 23.040 section 9.2.3.24.1).
    private static final int MOST_PARTS = 255;

    private final Coding coding;
    private final Split split;
    private final AtomicInteger references;

    /// @param firstReference of the first message of several parts; those after it count on
    Encoder(Coding coding, Split split, int firstReference) {
        this.coding = coding;
        this.split = split;
        this.references = new AtomicInteger(firstReference);
    }

    /// @param parts what is to be submitted, in order
    /// @param billed as how many parts the provider counts it
    record Encoded(List<Part> parts, int billed) {}

    /// @throws IllegalArgumentException when the text is too long for any message
    Encoded encode(String text) {
        var alphabet = Alphabet.of(text, coding);
        var whole = alphabet.write(text);
        if (whole.length <= alphabet.most()) {
            return new Encoded(List.of(new Part(0, alphabet.dataCoding(), whole, List.of())), 1);
        }
        var pieces = pieces(text, alphabet);
        if (pieces.size() > MOST_PARTS) {
            throw new IllegalArgumentException("a message of " + pieces.size() + " parts (expected: 255 at most)");
        }
        if (split == Split.PAYLOAD) {
            var payload = new OptionalParameter.Message_payload(whole);
            return new Encoded(
                    List.of(new Part(0, alphabet.dataCoding(), new byte[0], List.of(payload))), pieces.size());
        }
        int reference = references.getAndIncrement();
        var parts = new ArrayList<Part>();
        for (var piece : pieces) {
            parts.add(part(alphabet.write(piece), alphabet, reference, pieces.size(), parts.size() + 1));
        }
        return new Encoded(parts, parts.size());
    }

    static List<String> pieces(String text, Alphabet alphabet) {
        var pieces = new ArrayList<String>();
        int from = 0;
        int octets = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int next = alphabet.octets(text.codePointAt(i));
            if (octets + next > alphabet.mostOfPart()) {
                pieces.add(text.substring(from, i));
                from = i;
                octets = 0;
            }
            octets += next;
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    private Part part(byte[] text, Alphabet alphabet, int reference, int total, int number) {
        if (split == Split.SAR) {
            return new Part(
                    0,
                    alphabet.dataCoding(),
                    text,
                    List.of(
                            new OptionalParameter.Sar_msg_ref_num((short) reference),
                            new OptionalParameter.Sar_total_segments((byte) total),
                            new OptionalParameter.Sar_segment_seqnum((byte) number)));
        }
        // Length 5: element 0, "concatenated, 8-bit reference", with its 3 octets.
        var octets = new byte[6 + text.length];
        octets[0] = 5;
        octets[2] = 3;
        octets[3] = (byte) reference;
        octets[4] = (byte) total;
        octets[5] = (byte) number;
        System.arraycopy(text, 0, octets, 6, text.length);
        return new Part(UDH_INDICATOR, alphabet.dataCoding(), octets, List.of());
    }
}
