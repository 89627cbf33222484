package io.flashcall.offender.verification.number;

import io.flashcall.engine.E164;
import java.net.InetAddress;
import java.net.URI;

/// An address is no connection.
record Innocent(E164 number, URI url, InetAddress address) {

    static InetAddress read(String text) {
        return InetAddress.ofLiteral(text);
    }
}
