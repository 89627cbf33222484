package io.flashcall.server.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.channel.smpp.ReceiptReader.Read;
import io.flashcall.server.config.SmppChannelConfig.Radix;
import java.nio.charset.StandardCharsets;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReceiptReaderTest {

    private static final String USUAL = "id:00c0ffee sub:001 dlvrd:001 submit date:2511251200 done date:2511251201"
            + " stat:DELIVRD err:000 text:1234 is your code";

    private final ReceiptReader reader = new ReceiptReader(Radix.AS_IS);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                USUAL + ", 00c0ffee, DELIVRD, 000",
                "ID:7 STAT:Undeliv ERR:0b1, 7, UNDELIV, 0b1",
                "id: 7 stat: EXPIRED, 7, EXPIRED, ``",
                "stat:REJECTD id:a-b_c.d, a-b_c.d, REJECTD, ``",
                "id:7 stat:UNKNOWN err:447700900123, 7, UNKNOWN, ``",
                "id:7 sub:001 dlvrd:000 submit date:2511251200 done date:2511251201 stat:ACCEPTD err:000 text:, 7, ACCEPTD, 000"
            })
    void the_text_is_read_as_it_comes(String text, String id, String state, String error) {
        assertThat(reader.read(receipt(text))).isEqualTo(new Read.Report(id, state, error));
    }

    @Test
    void optional_parameters_count_more_than_the_text_and_need_no_end() {
        var message = receipt(
                USUAL,
                new OptionalParameter.Receipted_message_id("abc".getBytes(StandardCharsets.US_ASCII)),
                new OptionalParameter.Message_state((byte) 5));

        assertThat(reader.read(message)).isEqualTo(new Read.Report("abc", "UNDELIV", "000"));

        message.setOptionalParameters(
                new OptionalParameter.Receipted_message_id("abcd"), new OptionalParameter.Message_state((byte) 99));
        assertThat(reader.read(message)).isEqualTo(new Read.Report("abcd", "DELIVRD", "000"));
    }

    @Test
    void a_text_may_be_in_the_payload() {
        var message = receipt("", new OptionalParameter.Message_payload(USUAL.getBytes(StandardCharsets.US_ASCII)));

        assertThat(reader.read(message)).isEqualTo(new Read.Report("00c0ffee", "DELIVRD", "000"));
    }

    @ParameterizedTest
    @CsvSource({"stat:DELIVRD err:000", "id:7 err:000", "''", "hello", "void:7 stat:DELIVRD"})
    void without_an_id_or_a_state_it_is_unreadable(String text) {
        assertThat(reader.read(receipt(text))).isEqualTo(new Read.Unreadable());
    }

    @Test
    void what_a_user_writes_is_no_receipt_nor_is_what_is_not_final() {
        var message = receipt(USUAL);
        message.setEsmClass((byte) 0);
        assertThat(reader.read(message)).isEqualTo(new Read.Other());

        message.setEsmClass((byte) 0x20);
        message.setOptionalParameters(new OptionalParameter.Receipted_message_id("7"));
        assertThat(reader.read(message)).isEqualTo(new Read.Other());
    }

    @Test
    void a_receipt_is_one_by_its_parameters_even_where_its_class_does_not_say_so() {
        var message = receipt(
                "", new OptionalParameter.Receipted_message_id("7"), new OptionalParameter.Message_state((byte) 2));
        message.setEsmClass((byte) 0);

        assertThat(reader.read(message)).isEqualTo(new Read.Report("7", "DELIVRD", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "AS_IS, 00C0ffee, 00C0ffee",
        "HEX, 00C0FFEE, 12648430",
        "HEX, c0ffee, 0012648430",
        "DEC, 12648430, 00c0ffee",
        "DEC, 0012648430, C0FFEE",
        "HEX, not-hex, not-hex"
    })
    void an_id_is_found_whichever_way_it_is_written(Radix radix, String answered, String reported) {
        var written = new ReceiptReader(radix);

        assertThat(written.read(receipt("id:" + reported + " stat:DELIVRD")))
                .isEqualTo(new Read.Report(written.id(answered), "DELIVRD", ""));
    }

    @Test
    void an_id_in_a_parameter_is_written_as_in_the_answer() {
        var written = new ReceiptReader(Radix.HEX);

        assertThat(written.read(receipt("id:1 stat:DELIVRD", new OptionalParameter.Receipted_message_id("00C0FFEE"))))
                .isEqualTo(new Read.Report(written.id("c0ffee"), "DELIVRD", ""));
    }

    private static DeliverSm receipt(String text, OptionalParameter... parameters) {
        var message = new DeliverSm();
        message.setEsmClass((byte) 0x04);
        message.setShortMessage(text.getBytes(StandardCharsets.ISO_8859_1));
        message.setOptionalParameters(parameters);
        return message;
    }
}
