package io.flashcall.engine.system;

import io.flashcall.testbed.TraceLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Datagrams that nobody asked for, thrown at one user agent at an even rate, by a seed: a stranger's from another
/// address, and from the trunk's own address malformed, replayed and guessed ones and requests that fit no call.
///
/// It learns what to replay from the carrier's trace, as somebody who listens on the wire would.
final class Storm implements AutoCloseable, Consumer<TraceLine> {

    private static final int REMEMBERED = 4096;
    private static final String RESPONSE = """
            SIP/2.0 %d Whatever
            Via: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK%016x%016x;rport=%d
            From: <sip:+12025550123@127.0.0.1>;tag=%016x%016x
            To: <sip:+442079460123@127.0.0.1>;tag=storm
            Call-ID: %016x-%016x
            CSeq: 1 %s
            Content-Length: 0

            """.replace("\n", "\r\n");
    private static final String REQUEST = """
            %s sip:us@127.0.0.1 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bKstorm%x
            Max-Forwards: 70
            From: <sip:them@127.0.0.1>;tag=%x
            To: <sip:us@127.0.0.1>%s
            Call-ID: storm-%x
            CSeq: %d %s
            Contact: <sip:them@127.0.0.1:%d>
            Content-Length: 0

            """.replace("\n", "\r\n");
    private static final String[] METHODS = {
        "OPTIONS", "INVITE", "BYE", "CANCEL", "NOTIFY", "FROBNICATE", "ACK", "MESSAGE"
    };
    private static final int[] STATUSES = {100, 180, 183, 200, 404, 486, 487, 503, 603};

    private final SplittableRandom random;
    private final InetSocketAddress target;
    private final DatagramChannel stranger;
    private final DatagramChannel trunk;
    private final AtomicReferenceArray<String> heard = new AtomicReferenceArray<>(REMEMBERED);
    private final AtomicLong heardCount = new AtomicLong();
    private final ByteBuffer out = ByteBuffer.allocateDirect(65_536);
    private long strangers;
    private long malformed;
    private long replayed;
    private long guessed;
    private long requests;

    Storm(long seed, InetSocketAddress target, String strangersAddress) throws IOException {
        random = new SplittableRandom(seed);
        this.target = target;
        stranger = open(strangersAddress);
        trunk = open("127.0.0.1");
    }

    private static DatagramChannel open(String address) throws IOException {
        var channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(address, 0));
        channel.configureBlocking(false);
        return channel;
    }

    /// Hears a response of the carrier's.
    @Override
    public void accept(TraceLine line) {
        if (line.sent()) {
            heard.set((int) (heardCount.getAndIncrement() % REMEMBERED), line.text());
        }
    }

    long strangers() {
        return strangers;
    }

    /// Sends this many at this rate; returns when done.
    void rage(int count, int perSecond) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            throwOne();
        }
    }

    private void throwOne() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                strangers++;
                send(stranger, random.nextBoolean() ? replay() : random.nextBoolean() ? request() : guess());
            }
            case 3, 4 -> {
                malformed++;
                send(trunk, malform());
            }
            case 5, 6 -> {
                replayed++;
                send(trunk, replay());
            }
            case 7, 8 -> {
                guessed++;
                send(trunk, random.nextBoolean() ? guess() : almost());
            }
            default -> {
                requests++;
                send(trunk, request());
            }
        }
    }

    private String replay() {
        long known = Math.min(heardCount.get(), REMEMBERED);
        String text = known == 0 ? null : heard.get((int) random.nextLong(known));
        return text == null ? guess() : text;
    }

    /// Addresses of slots are no secret; what goes with them is.
    private String guess() {
        long key = (random.nextLong(64) << 32) | (random.nextLong(1, 400) << 8) | (random.nextInt(8) == 0 ? 0xB0 : 0);
        long nonce = random.nextLong();
        return RESPONSE.formatted(
                STATUSES[random.nextInt(STATUSES.length)],
                target.getPort(),
                key,
                nonce,
                target.getPort(),
                key,
                random.nextLong(),
                key,
                nonce,
                random.nextInt(4) == 0 ? "BYE" : random.nextBoolean() ? "CANCEL" : "INVITE");
    }

    /// A real response made final, with one digit of its branch or From tag changed.
    private String almost() {
        String text = replay();
        String mark = random.nextBoolean() ? "branch=z9hG4bK" : ";tag=";
        int at = text.indexOf(mark);
        if (at < 0) {
            return text;
        }
        int digit = at + mark.length() + 16 + random.nextInt(16);
        char other = text.charAt(digit) == '0' ? '1' : '0';
        String changed = text.substring(0, digit) + other + text.substring(digit + 1);
        return "SIP/2.0 " + STATUSES[random.nextInt(STATUSES.length)] + changed.substring(11);
    }

    private String malform() {
        String text = replay();
        return switch (random.nextInt(8)) {
            case 0 -> text.substring(0, random.nextInt(text.length()));
            case 1 -> "SIP/9.9" + text.substring(7);
            case 2 -> text.replace("CSeq: 1 ", "CSeq: x ");
            case 3 -> text.replaceFirst("Via: [^\r]*\r\n", "");
            case 4 -> text.replaceFirst("Call-ID: ", "Call ID ");
            case 5 -> garbage();
            case 6 -> request().replace("CSeq: ", "CSeq: -");
            default -> "\r\n".repeat(random.nextInt(3)) + "\0".repeat(random.nextInt(40));
        };
    }

    private String garbage() {
        byte[] bytes = new byte[random.nextInt(1400)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String request() {
        String method = METHODS[random.nextInt(METHODS.length)];
        long id = random.nextLong();
        String toTag = random.nextBoolean() ? ";tag=%016x%016x".formatted(0x100L, id) : "";
        return REQUEST.formatted(method, port(), id, id, toTag, id, random.nextInt(1, 1000), method, port());
    }

    private int port() {
        return trunk.socket().getLocalPort();
    }

    private void send(DatagramChannel from, String text) {
        try {
            out.clear();
            out.put(text.getBytes(StandardCharsets.ISO_8859_1)).flip();
            while (from.send(out, target) == 0 && out.hasRemaining()) {
                Thread.onSpinWait();
            }
            out.clear();
            while (trunk.receive(out) != null) {
                out.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many datagrams the stranger's socket has received.
    int answersToStranger() throws IOException {
        int count = 0;
        while (stranger.receive(out.clear()) != null) {
            count++;
        }
        return count;
    }

    @Override
    public String toString() {
        return "%d of strangers, %d malformed, %d replayed, %d guessed, %d requests"
                .formatted(strangers, malformed, replayed, guessed, requests);
    }

    @Override
    public void close() throws IOException {
        stranger.close();
        trunk.close();
    }
}
