package io.flashcall.engine;

/// What SIP messages travel in (RFC 3261 §18).
public enum SipTransport {
    UDP("udp", 5060),
    TCP("tcp", 5060),
    TLS("tls", 5061);

    private final String parameter;
    private final int defaultPort;

    SipTransport(String parameter, int defaultPort) {
        this.parameter = parameter;
        this.defaultPort = defaultPort;
    }

    /// As the `transport` parameter of a URI has it, in lower case.
    public String parameter() {
        return parameter;
    }

    /// The port where a URI names none (RFC 3261 §19.1.2).
    public int defaultPort() {
        return defaultPort;
    }

    /// Whether the transport itself delivers in order and without loss: then no request is retransmitted.
    public boolean isReliable() {
        return this != UDP;
    }
}
