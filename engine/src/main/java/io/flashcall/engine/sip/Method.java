package io.flashcall.engine.sip;

/// The methods known to RFCs, and the rest. Methods are case-sensitive (RFC 3261 §7.1).
public enum Method {
    INVITE,
    ACK,
    CANCEL,
    BYE,
    OPTIONS,
    PRACK,
    UPDATE,
    INFO,
    NOTIFY,
    SUBSCRIBE,
    REFER,
    MESSAGE,
    REGISTER,
    PUBLISH,
    UNKNOWN;

    private static final Method[] KNOWN = values();

    /// The method spelt by the bytes from `from` to `to`.
    static Method of(byte[] in, int from, int to) {
        for (Method method : KNOWN) {
            if (method != UNKNOWN && Ascii.same(in, from, to, method.name())) {
                return method;
            }
        }
        return UNKNOWN;
    }
}
