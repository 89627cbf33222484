package io.flashcall.server.store;

import io.flashcall.server.config.Codec;
import io.flashcall.verification.Vault;

/// Definitions that hold secrets, such as an app's with its authorization hook, are kept sealed as a whole.
///
/// @param context what they are, so that one kind cannot be passed off as another
record SealedCodec<T>(Codec<T> plain, Vault vault, String context) implements Codec<T> {

    @Override
    public String write(T value) {
        return vault.seal(plain.write(value), context);
    }

    @Override
    public T read(String text) {
        return plain.read(vault.open(text, context));
    }
}
