package io.flashcall.benchmarks.micro;

import io.flashcall.engine.sip.Digits;
import io.flashcall.engine.sip.NumberFormat;
import io.flashcall.engine.sip.RequestTemplate;
import io.flashcall.engine.sip.RequestTemplate.IdentityHeaders;
import io.flashcall.engine.sip.RequestTemplate.Numbers;
import io.flashcall.engine.sip.RequestTemplate.Offer;
import io.flashcall.engine.sip.RequestTemplate.Options;
import io.flashcall.engine.sip.RequestTemplate.Parts;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Writing the requests of a flash call.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestBenchmark {

    private static final int MEDIA_PORT = 40_000;
    private static final String TERMINATED = """
            SIP/2.0 487 Request Terminated
            Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK00000000000000aa00000000000000bb;rport=5060
            From: <sip:+12025550123@198.51.100.9>;tag=00000000000000aa00000000000000cc
            To: <sip:+442079460123@carrier.example>;tag=as58f4201b
            Call-ID: 00000000000000aa-00000000000000bb
            CSeq: 1 INVITE
            Content-Length: 0

            """;

    private final RequestTemplate template = new RequestTemplate(new Parts(
            "198.51.100.9",
            5060,
            "carrier.example",
            "198.51.100.9",
            new Numbers(NumberFormat.plusE164(), NumberFormat.plusE164()),
            new Options(new IdentityHeaders(false, false, false), Optional.of(new Offer("198.51.100.9", MEDIA_PORT)))));
    private final WireIdentity id = new WireIdentity();
    private final ResponseView failure = new ResponseView();
    private final byte[] out = new byte[4_096];

    /// A call's identity, and the response that ends it.
    public RequestBenchmark() {
        id.key = 0xaa00;
        id.branchNonce = 0xbb;
        id.tagNonce = 0xcc;
        id.from = Digits.pack("12025550123");
        id.to = Digits.pack("442079460123");
        id.cseq = 1;
        byte[] bytes = TERMINATED.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        var _ = failure.wrap(bytes, 0, bytes.length);
    }

    @Benchmark
    public int invite() {
        return template.invite(id, out);
    }

    @Benchmark
    public int cancel() {
        return template.cancel(id, out);
    }

    @Benchmark
    public int ack() {
        return template.ack(id, failure, out);
    }
}
