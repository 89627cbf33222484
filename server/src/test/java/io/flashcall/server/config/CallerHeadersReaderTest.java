package io.flashcall.server.config;

import static io.flashcall.server.config.ConfigFile.TRUNK;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallerHeaders;
import io.flashcall.engine.CallerHeaders.ChargingVector;
import io.flashcall.engine.CallerHeaders.Diversion;
import io.flashcall.engine.CallerHeaders.DiversionReason;
import io.flashcall.engine.CallerHeaders.Privacy;
import io.flashcall.engine.Cidr;
import io.flashcall.engine.E164;
import io.flashcall.engine.RedirectPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `caller_headers` and `redirects` of a trunk.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CallerHeadersReaderTest {

    @TempDir
    Path directory;

    @Test
    void every_key_is_read() {
        var options = file("""
                    caller_headers:
                      p_preferred_identity: true
                      privacy: header
                      diversion: {number: "+442079460100", reason: do-not-disturb}
                      charging_vector: {orig_ioi: flash.example, generated_at: 192.0.2.9}
                    redirects: {hosts: [192.0.2.16/28, 2001:db8::1], most: 3}
                """).trunk().options();

        assertThat(options.callerHeaders())
                .isEqualTo(new CallerHeaders(
                        true,
                        Optional.of(Privacy.HEADER),
                        Optional.of(new Diversion(new E164("442079460100"), DiversionReason.DO_NOT_DISTURB)),
                        Optional.of(new ChargingVector("flash.example", "192.0.2.9"))));
        assertThat(options.redirects())
                .contains(new RedirectPolicy(List.of(Cidr.parse("192.0.2.16/28"), Cidr.parse("2001:db8::1")), 3));
    }

    @Test
    void without_them_nothing_is_said_and_nothing_followed() {
        var options = file("").trunk().options();

        assertThat(options.callerHeaders()).isEqualTo(CallerHeaders.NONE);
        assertThat(options.redirects()).isEmpty();
    }

    @Test
    void defaults_hold_within_them() {
        var options = file("""
                    caller_headers: {diversion: {number: "+442079460100"}, charging_vector: {orig_ioi: flash.example}}
                    redirects: {}
                """).trunk().options();

        assertThat(options.callerHeaders().diversion())
                .contains(new Diversion(new E164("442079460100"), DiversionReason.UNCONDITIONAL));
        assertThat(options.callerHeaders().chargingVector()).contains(new ChargingVector("flash.example", ""));
        assertThat(options.redirects()).contains(RedirectPolicy.DEFAULT);
    }

    @Test
    void what_is_wrong_is_named_with_its_line() {
        file("""
                    caller_headers:
                      privacy: id
                      diversion: {reason: because}
                      charging_vector: {orig_ioi: "a b"}
                    redirects: {hosts: gw.carrier.example, most: 6}
                """)
                .complains(
                        "line 7: trunks.carrier-a.caller_headers.privacy: id (expected: none or header)",
                        "line 8: trunks.carrier-a.caller_headers.diversion.number: missing"
                                + " (expected: + and 7 to 15 digits, E.164)",
                        "line 8: trunks.carrier-a.caller_headers.diversion.reason: because (expected: unknown,"
                                + " user-busy, no-answer, unavailable, unconditional, time-of-day, do-not-disturb,"
                                + " deflection, follow-me, out-of-service or away)",
                        "line 9: trunks.carrier-a.caller_headers.charging_vector.orig_ioi: a b"
                                + " (expected: a host name or IP address (IPv6 in brackets))",
                        "line 10: trunks.carrier-a.redirects.hosts: gw.carrier.example (expected: an IP address)",
                        "line 10: trunks.carrier-a.redirects.most: 6 (expected: 1 to 5)");
    }

    @Test
    void a_header_that_stands_twice_is_named_where_it_stands() {
        assertThat(file("""
                    caller_headers: {p_preferred_identity: true}
                    signalling: {headers: {P-Preferred-Identity: "<sip:a@b>"}}
                """).complaint())
                .contains("line 7: trunks.carrier-a.signalling.headers")
                .contains("no header that numbers or caller_headers write already");
    }

    private ConfigFile file(String keys) {
        return new ConfigFile(directory, TRUNK + keys);
    }
}
