package io.flashcall.server.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.config.SmppChannelConfig.Coding;
import io.flashcall.server.config.SmppChannelConfig.Split;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EncoderTest {

    private static final int FIRST = 0xfe;

    private final Encoder gsm = new Encoder(Coding.AUTO, Split.UDH, FIRST);

    @ParameterizedTest
    @CsvSource(
            value = {
                "1234, AUTO, 0, 31323334",
                "@£$¥, AUTO, 0, 00010203",
                "èéùìòÇØøÅå, AUTO, 0, 0405060708090b0c0e0f",
                "Δ_ΦΓΛΩΠΨΣΘΞ, AUTO, 0, 101112131415161718191a",
                "ÆæßÉ, AUTO, 0, 1c1d1e1f",
                "¤¡¿, AUTO, 0, 244060",
                "ÄÖÑÜ§, AUTO, 0, 5b5c5d5e5f",
                "äöñüà, AUTO, 0, 7b7c7d7e7f",
                "AZaz09, AUTO, 0, 415a617a3039",
                "€, AUTO, 0, 1b65",
                "{}[]|~^\\, AUTO, 0, 1b281b291b3c1b3e1b401b3d1b141b2f",
                "ç, AUTO, 8, 00e7",
                "`, AUTO, 8, 0060",
                "код, AUTO, 8, 043a043e0434",
                "😀, AUTO, 8, d83dde00",
                "ç€, LATIN1, 8, 00e720ac",
                "ç1, LATIN1, 3, e731",
                "1, UCS2, 8, 0031"
            })
    void characters_become_octets(String text, Coding coding, int dataCoding, String octets) {
        var encoded = new Encoder(coding, Split.UDH, 0).encode(text);

        assertThat(encoded.billed()).isOne();
        assertThat(encoded.parts()).singleElement().satisfies(part -> {
            assertThat(part.dataCoding()).isEqualTo(dataCoding);
            assertThat(part.esmClass()).isZero();
            assertThat(HexFormat.of().formatHex(part.text())).isEqualTo(octets);
            assertThat(part.options()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "a, 160, 1",
        "a, 161, 2",
        "a, 306, 2",
        "a, 307, 3",
        "€, 80, 1",
        "€, 81, 2",
        // 153 septets hold 76 of them: the 77th would be cut.
        "€, 152, 2",
        "€, 153, 3",
        "ж, 70, 1",
        "ж, 71, 2",
        "ж, 134, 2",
        "ж, 135, 3",
        "😀, 35, 1",
        "😀, 36, 2",
        // 67 units hold 33 of them.
        "😀, 66, 2",
        "😀, 67, 3"
    })
    void so_many_characters_take_so_many_parts(String character, int count, int parts) {
        var text = character.repeat(count);

        var encoded = gsm.encode(text);

        assertThat(encoded.billed()).isEqualTo(parts);
        assertThat(encoded.parts()).hasSize(parts);
        assertThat(joined(encoded.parts()))
                .isEqualTo(Alphabet.of(text, Coding.AUTO).write(text));
    }

    @Test
    void an_escape_is_not_parted_from_what_it_escapes() {
        var encoded = gsm.encode("a".repeat(152) + "€" + "b".repeat(20));

        assertThat(body(encoded.parts().getFirst())).hasSize(152);
        assertThat(body(encoded.parts().getLast())).startsWith(0x1b, 0x65, 'b').hasSize(22);
    }

    @Test
    void a_pair_of_surrogates_stays_together() {
        var encoded = gsm.encode("ж".repeat(66) + "😀" + "ж".repeat(10));

        assertThat(body(encoded.parts().getFirst())).hasSize(132);
        assertThat(new String(body(encoded.parts().getLast()), StandardCharsets.UTF_16BE))
                .startsWith("😀ж");
    }

    @Test
    void parts_have_a_header_with_the_message_s_reference_which_counts_on() {
        var first = gsm.encode("a".repeat(200)).parts();
        gsm.encode("short");
        var second = gsm.encode("a".repeat(200)).parts();
        var third = gsm.encode("a".repeat(200)).parts();

        assertThat(first).extracting(Part::esmClass).containsOnly(0x40);
        assertThat(header(first.getFirst())).isEqualTo("050003fe0201");
        assertThat(header(first.getLast())).isEqualTo("050003fe0202");
        assertThat(header(second.getFirst())).isEqualTo("050003ff0201");
        assertThat(header(third.getFirst())).isEqualTo("050003000201");
    }

    @Test
    void parts_may_be_told_by_optional_parameters_instead() {
        var parts =
                new Encoder(Coding.AUTO, Split.SAR, 7).encode("a".repeat(200)).parts();

        assertThat(parts).extracting(Part::esmClass).containsOnly(0);
        assertThat(parts).extracting(part -> part.text().length).containsExactly(153, 47);
        assertThat(parts.getLast().options())
                .extracting(OptionalParameter::toString)
                .isEqualTo(List.of(
                                new OptionalParameter.Sar_msg_ref_num((short) 7),
                                new OptionalParameter.Sar_total_segments((byte) 2),
                                new OptionalParameter.Sar_segment_seqnum((byte) 2))
                        .stream()
                        .map(OptionalParameter::toString)
                        .toList());
    }

    @Test
    void or_the_SMSC_splits_and_the_parts_count_all_the_same() {
        var encoded = new Encoder(Coding.AUTO, Split.PAYLOAD, 7).encode("a".repeat(200));

        assertThat(encoded.billed()).isEqualTo(2);
        assertThat(encoded.parts()).singleElement().satisfies(part -> {
            assertThat(part.text()).isEmpty();
            assertThat(part.options())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            OptionalParameter.Message_payload.class,
                            payload -> assertThat(payload.getValue()).hasSize(200));
        });
    }

    @Test
    void latin_1_has_140_characters_and_134_in_a_part() {
        var encoder = new Encoder(Coding.LATIN1, Split.UDH, 0);

        assertThat(encoder.encode("ç".repeat(140)).billed()).isEqualTo(1);
        assertThat(encoder.encode("ç".repeat(141)).billed()).isEqualTo(2);
        assertThat(encoder.encode("ç".repeat(269)).billed()).isEqualTo(3);
    }

    @Test
    void a_part_does_not_print_what_it_says() {
        assertThat(gsm.encode("4711").toString()).doesNotContain("4711").doesNotContain("34");
    }

    private static byte[] joined(List<Part> parts) {
        var octets = new ByteArrayOutputStream();
        parts.forEach(part -> octets.writeBytes(parts.size() == 1 ? part.text() : body(part)));
        return octets.toByteArray();
    }

    private static byte[] body(Part part) {
        return Arrays.copyOfRange(part.text(), 6, part.text().length);
    }

    private static String header(Part part) {
        return HexFormat.of().formatHex(part.text(), 0, 6);
    }

    @ParameterizedTest
    @CsvSource({"a, 160, 1", "a, 161, 2", "a, 306, 2", "a, 307, 3", "{, 80, 1", "{, 81, 2", "щ, 70, 1", "щ, 71, 2"})
    void a_text_that_somebody_else_encodes_counts_as_so_many_parts(String of, int length, int parts) {
        assertThat(SmsParts.of(of.repeat(length))).isEqualTo(parts);
    }
}
