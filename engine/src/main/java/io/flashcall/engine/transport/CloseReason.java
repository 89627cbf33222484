package io.flashcall.engine.transport;

/// Why a connection is no more, or never came to be.
public enum CloseReason {
    /// We wanted it so.
    BY_US,
    /// Nobody listens there.
    REFUSED,
    /// No answer to the connection request in time.
    CONNECT_TIMED_OUT,
    /// No way to that address.
    UNREACHABLE,
    /// The local address cannot be bound, or no socket is left.
    LOCAL_FAULT,
    /// The peer closed in order.
    CLOSED_BY_PEER,
    /// The peer, or somebody on the way, broke the connection off.
    RESET,
    /// What we sent was not acknowledged for too long.
    UNACKNOWLEDGED,
    /// The peer stopped to answer keep-alives.
    KEEP_ALIVE_LOST,
    /// What the peer sent cannot be cut into messages.
    FRAMING_ERROR,
    /// The peer is silent during the handshake.
    TLS_TIMED_OUT,
    /// A certificate of the peer, or of one of its issuers, is past its end.
    TLS_EXPIRED,
    /// A certificate of the peer, or of one of its issuers, is not valid yet.
    TLS_NOT_YET_VALID,
    /// No trusted authority stands behind the peer's certificate.
    TLS_UNKNOWN_ISSUER,
    /// The peer's certificate is for other domains (RFC 5922 §7).
    TLS_WRONG_NAME,
    /// The peer's certificate is not for servers, nor for SIP domains (RFC 5924).
    TLS_WRONG_USAGE,
    /// The peer refused our certificate, or misses one.
    TLS_CLIENT_CERTIFICATE,
    /// The handshake, or the protocol after it, failed in another way.
    TLS_FAILED;

    public boolean isTls() {
        return switch (this) {
            case BY_US,
                    REFUSED,
                    CONNECT_TIMED_OUT,
                    UNREACHABLE,
                    LOCAL_FAULT,
                    CLOSED_BY_PEER,
                    RESET,
                    UNACKNOWLEDGED,
                    KEEP_ALIVE_LOST,
                    FRAMING_ERROR -> false;
            case TLS_TIMED_OUT,
                    TLS_EXPIRED,
                    TLS_NOT_YET_VALID,
                    TLS_UNKNOWN_ISSUER,
                    TLS_WRONG_NAME,
                    TLS_WRONG_USAGE,
                    TLS_CLIENT_CERTIFICATE,
                    TLS_FAILED -> true;
        };
    }
}
