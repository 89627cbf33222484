package io.flashcall.engine.call;

/// What a provisional response says of ringing besides its status.
public enum RingSign {
    /// Nothing.
    NONE,
    /// The network plays something to the caller: it says that its early media are authorised (RFC 5009), or names a
    /// tone (Alert-Info, RFC 3261 §20.4, RFC 7462).
    AUDIBLE,
    /// The network holds its early media back: there is no tone yet that could be one of ringing.
    SILENT
}
