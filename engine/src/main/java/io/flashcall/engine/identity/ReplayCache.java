package io.flashcall.engine.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Remembers which Identity belongs to which call, for as long as it is fresh. Thread-safe.
///
/// Only what has a good signature gets in, so nobody fills it but those who may sign. When it is full the
/// oldest are forgotten.
final class ReplayCache {

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ByteBuffer, Use> uses = new LinkedHashMap<>();

    /// @param most 1 or more
    ReplayCache(int most) {
        this.most = most;
    }

    /// Whether this Identity is new, or was in the same call before; remembers it.
    ///
    /// @param signed    the bytes that were signed
    /// @param signature of the same; only R counts, since from a good (R, S) anybody makes a good (R, −S)
    /// @param until     when it is too old to pass anyway
    boolean isFirstUse(byte[] signed, byte[] signature, String callId, Instant now, Instant until) {
        var digest = sha256();
        digest.update(signed);
        digest.update(signature, 0, P256.COORDINATE_BYTES);
        var key = ByteBuffer.wrap(digest.digest());
        var use = new Use(ByteBuffer.wrap(sha256().digest(callId.getBytes(StandardCharsets.UTF_8))), until);
        lock.lock();
        try {
            forget(now);
            var earlier = uses.putIfAbsent(key, use);
            return earlier == null || earlier.call.equals(use.call);
        } finally {
            lock.unlock();
        }
    }

    /// Makes room for one. The oldest stand first, nearly in the order in which they get stale.
    private void forget(Instant now) {
        var oldest = uses.values().iterator();
        boolean going = true;
        while (going && oldest.hasNext()) {
            going = oldest.next().until.isBefore(now) || uses.size() >= most;
            if (going) {
                oldest.remove();
            }
        }
    }

    int size() {
        lock.lock();
        try {
            return uses.size();
        } finally {
            lock.unlock();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private record Use(ByteBuffer call, Instant until) {}
}
