package io.flashcall.engine.agent;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What the callers of a table's calls know them by, as bytes: a string that lives as long as its call does
/// is copied by each collection meanwhile, and followed by two more objects.
///
/// A reference that is long, or has characters beyond Latin-1, stays a string.
final class References {

    /// Bytes of a row, the first of which is the length: a UUID fits.
    static final int ROW = 40;

    /// Of the length, where the reference is a string.
    private static final byte AS_STRING = -1;

    private static final int BLOCK_BITS = 12;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private final byte[][] blocks;
    private final @Nullable String[] strings;

    /// @param slots how many
    References(int slots) {
        blocks = new byte[(slots + BLOCK - 1) >>> BLOCK_BITS][];
        strings = new String[slots];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new byte[Math.min(BLOCK, slots - (i << BLOCK_BITS)) * ROW];
        }
    }

    /// Whoever has the slot.
    void set(int slot, String reference) {
        byte[] block = blocks[slot >>> BLOCK_BITS];
        int row = (slot & (BLOCK - 1)) * ROW;
        int length = reference.length();
        boolean fits = length < ROW;
        for (int i = 0; fits && i < length; i++) {
            char character = reference.charAt(i);
            block[row + 1 + i] = (byte) character;
            fits = character <= 0xFF;
        }
        block[row] = fits ? (byte) length : AS_STRING;
        if (!fits) {
            strings[slot] = reference;
        }
    }

    /// Copies a slot's reference to where its event is.
    void copyTo(int slot, EventCell cell) {
        byte[] block = blocks[slot >>> BLOCK_BITS];
        int row = (slot & (BLOCK - 1)) * ROW;
        cell.reference(block, row, block[row] == AS_STRING ? strings[slot] : null);
    }

    /// The slot's call is over.
    void forget(int slot) {
        blocks[slot >>> BLOCK_BITS][(slot & (BLOCK - 1)) * ROW] = 0;
        strings[slot] = null;
    }

    /// What a row holds, where it is no string.
    static String read(byte[] row) {
        return new String(row, 1, row[0], StandardCharsets.ISO_8859_1);
    }
}
