package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IpTextTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 0, ffffc0000201",
        "0.0.0.0, 0, ffff00000000",
        "255.255.255.255, 0, ffffffffffff",
        "::, 0, 0",
        "[::1], 0, 1",
        "1::, 1000000000000, 0",
        "2001:DB8::9, 20010db800000000, 9",
        "2001:db8:1:2:3:4:5:6, 20010db800010002, 3000400050006",
        "1:2:3:4:5:6:7::, 1000200030004, 5000600070000",
        "::ffff:192.0.2.1, 0, ffffc0000201",
        "64:ff9b::192.0.2.1, 64ff9b00000000, c0000201",
        "1:2:3:4:5:6:192.0.2.1, 1000200030004, 50006c0000201",
        "[fe80::a:0:0:b], fe80000000000000, a00000000000b"
    })
    void an_address_is_two_numbers(String text, String hi, String lo) {
        var address = new HostPort(1, 2, 77);
        assertThat(read(text, address)).isTrue();
        assertThat(Long.toHexString(address.hi)).isEqualTo(hi);
        assertThat(Long.toHexString(address.lo)).isEqualTo(lo);
        assertThat(address.port).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4 ",
                "1..2.3",
                ".1.2.3",
                "1.2.3.",
                "0x1.2.3.4",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "::g",
                "1:",
                ":1",
                "1:2:3:4:5:6:7:8::",
                "fe80::1%eth0",
                "[::1",
                "::1]",
                "[]",
                "[1.2.3",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
                "host.example",
                "1.2.3.4::",
                "::1:",
                ":1::2",
                "::99999"
            })
    void anything_else_is_none(String text) {
        assertThat(read(text, new HostPort())).isFalse();
    }

    private static boolean read(String text, HostPort out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IpText.read(bytes, 0, bytes.length, out);
    }
}
