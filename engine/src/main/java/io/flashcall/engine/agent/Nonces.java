package io.flashcall.engine.agent;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Numbers that nobody can guess, for any thread. The system's generator locks: they are drawn from it a block at a
/// time, and each is handed out once.
final class Nonces {

    private static final int BLOCK = 512;

    private final SecureRandom random = new SecureRandom();
    private volatile Block block = draw();

    private record Block(ByteBuffer numbers, AtomicInteger taken) {}

    long next() {
        var current = block;
        int at = current.taken().getAndIncrement();
        if (at < BLOCK) {
            return current.numbers().getLong(at * Long.BYTES);
        }
        if (at == BLOCK) {
            block = draw();
        }
        // One of a block's last takers draws the next one; none waits for it.
        return random.nextLong();
    }

    private Block draw() {
        byte[] bytes = new byte[BLOCK * Long.BYTES];
        random.nextBytes(bytes);
        return new Block(ByteBuffer.wrap(bytes), new AtomicInteger());
    }
}
