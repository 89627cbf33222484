package io.flashcall.benchmarks.micro;

import io.flashcall.engine.sip.ResponseView;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Reading a response, and whose it is.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ResponseBenchmark {

    private static final String COMMON = """
            Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK00000000000000aa00000000000000bb;rport=5060
            From: <sip:+12025550123@198.51.100.9:5060;user=phone>;tag=00000000000000aa00000000000000cc
            To: <sip:+442079460123@carrier.example;user=phone>;tag=as58f4201b
            Call-ID: 00000000000000aa-00000000000000bb
            CSeq: 1 METHOD
            """;
    private static final String SDP = """
            v=0
            o=- 1 1 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 30000 RTP/AVP 8 101
            a=rtpmap:8 PCMA/8000
            """;

    @Param({"100", "180", "183", "200-CANCEL", "302", "407", "486", "487"})
    private String response = "";

    private final ResponseView view = new ResponseView();
    private byte[] bytes = {};

    public ResponseBenchmark() {}

    /// Writes the response.
    @Setup
    public void write() {
        String method = response.endsWith("CANCEL") ? "CANCEL" : "INVITE";
        String body = response.equals("183") ? SDP.replace("\n", "\r\n") : "";
        String more = switch (response) {
            case "180", "183" -> "Contact: <sip:192.0.2.1:5060>\nServer: Carrier 4.2\n";
            case "302" -> "Contact: <sip:+442079460199@192.0.2.7:5060>;q=0.9\n";
            case "407" -> "Proxy-Authenticate: Digest realm=\"carrier\", nonce=\"5f2c9a\", qop=\"auth\"\n";
            case "486" -> "Reason: Q.850;cause=17;text=\"User busy\"\n";
            default -> "";
        };
        String head = "SIP/2.0 " + response.substring(0, 3) + " As it is\n" + COMMON.replace("METHOD", method) + more
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\n") + "Content-Length: " + body.length()
                + "\n\n";
        bytes = (head.replace("\n", "\r\n") + body).getBytes(StandardCharsets.US_ASCII);
    }

    /// All that decides whose response it is, and what it says.
    @Benchmark
    public long read() {
        var verdict = view.wrap(bytes, 0, bytes.length);
        return verdict.ordinal()
                + view.status()
                + view.branchKey()
                + view.branchNonce()
                + view.fromTagKey()
                + view.fromTagNonce()
                + view.cseq()
                + view.method().ordinal();
    }
}
