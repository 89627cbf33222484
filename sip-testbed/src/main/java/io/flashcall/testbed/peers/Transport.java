package io.flashcall.testbed.peers;

import java.util.Locale;

/// What carries SIP between two peers.
public enum Transport {
    UDP,
    TCP,
    TLS;

    /// As the parameter `transport` of a URI has it.
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
