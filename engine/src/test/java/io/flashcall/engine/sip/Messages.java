package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.sip.RequestTemplate.IdentityHeaders;
import io.flashcall.engine.sip.RequestTemplate.Numbers;
import io.flashcall.engine.sip.RequestTemplate.Offer;
import io.flashcall.engine.sip.RequestTemplate.Options;
import io.flashcall.engine.sip.RequestTemplate.Parts;
import io.flashcall.engine.sip.ResponseView.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One call, its trunk and its answers, for tests to vary. Texts have LF line ends, the wire has CRLF.
final class Messages {

    static final int SPACE = 65_535;

    static final String RINGING = """
            SIP/2.0 180 Ringing
            Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK00000000000000aa00000000000000bb;rport=5060
            From: <sip:+12025550123@flash.example>;tag=00000000000000aa00000000000000cc
            To: <sip:+442079460123@carrier.example>;tag=c-81
            Call-ID: 00000000000000aa-00000000000000bb
            CSeq: 1 INVITE
            Content-Length: 0

            """;

    static final String OPTIONS = """
            OPTIONS sip:+12025550123@198.51.100.9:5060 SIP/2.0
            Via: SIP/2.0/UDP 203.0.113.40:5080;branch=z9hG4bKx71k
            From: <sip:probe@carrier.example>;tag=p1
            To: <sip:+12025550123@flash.example>
            Call-ID: 77-probe@203.0.113.40
            CSeq: 41 OPTIONS
            Content-Length: 0

            """;

    static final Options PLAIN = new Options(new IdentityHeaders(false, false, false), Optional.empty());

    static final Options EVERYTHING =
            new Options(new IdentityHeaders(true, true, true), Optional.of(new Offer("198.51.100.9", 40_000)));

    private Messages() {}

    static Parts parts(Options options) {
        return new Parts(
                "198.51.100.9",
                5060,
                "carrier.example",
                "flash.example",
                new Numbers(NumberFormat.plusE164(), NumberFormat.plusE164()),
                options);
    }

    static RequestTemplate template() {
        return new RequestTemplate(parts(PLAIN));
    }

    /// A BYE of that call.
    static DialogRequest bye(long branch) {
        var request = new DialogRequest();
        request.branchKey = branch;
        request.cseq = 2;
        return request;
    }

    /// A PRACK of that call.
    static DialogRequest prack(long branch, long rseq) {
        var request = bye(branch);
        request.rseq = rseq;
        return request;
    }

    static WireIdentity identity() {
        var id = new WireIdentity();
        id.key = 0xaa;
        id.branchNonce = 0xbb;
        id.tagNonce = 0xcc;
        id.from = Digits.pack("12025550123");
        id.to = Digits.pack("442079460123");
        id.cseq = 1;
        return id;
    }

    /// The 200 that makes a dialog, with these headers more.
    static ResponseView success(String... headers) {
        String more = headers.length == 0 ? "" : String.join("\n", headers) + "\n";
        return response(RINGING.replace("180 Ringing", "200 OK").replace("Content-Length", more + "Content-Length"));
    }

    static ResponseView response(String text) {
        var view = new ResponseView();
        byte[] bytes = wire(text);
        assertThat(view.wrap(bytes, 0, bytes.length)).isEqualTo(Verdict.OK);
        return view;
    }

    static RequestView request(String text) {
        var view = new RequestView();
        byte[] bytes = wire(text);
        assertThat(view.wrap(bytes, 0, bytes.length)).isEqualTo(Verdict.OK);
        return view;
    }

    static byte[] wire(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] out, int length) {
        return new String(out, 0, length, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    static String text(HostPort address) {
        byte[] out = new byte[64];
        var writer = new WireWriter();
        writer.start(out);
        writer.address(address);
        String text = text(out, writer.finish());
        return address.isV4() ? text : "[" + text + "]";
    }

    static <T> T of(Map<String, T> map, String key) {
        assertThat(map).containsKey(key);
        return Objects.requireNonNull(map.get(key));
    }

    /// What an encoder writes into an array of the size it is promised.
    interface Encoder {
        int encode(byte[] out);
    }

    static String render(Encoder encoder) {
        byte[] out = new byte[SPACE];
        int length = encoder.encode(out);
        assertThat(length).as("length of the message").isPositive();
        return text(out, length);
    }
}
