package io.flashcall.engine.sip;

/// The status lines we send (RFC 3261 §21), as bytes.
final class StatusLine {

    private static final int FIRST = 100;
    private static final int LAST = 699;
    private static final byte[][] LINES = new byte[LAST - FIRST + 1][];

    static {
        for (int status = FIRST; status <= LAST; status++) {
            LINES[status - FIRST] = WireWriter.ascii("SIP/2.0 " + status + " " + reason(status) + "\r\n");
        }
    }

    private StatusLine() {}

    /// @throws IllegalArgumentException if the status is not in 100..699
    static byte[] of(int status) {
        if (status < FIRST || status > LAST) {
            throw WireText.rejected("status", Integer.toString(status), "100 to 699");
        }
        return LINES[status - FIRST];
    }

    private static String reason(int status) {
        return switch (status) {
            case 100 -> "Trying";
            case 180 -> "Ringing";
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Unsupported URI Scheme";
            case 420 -> "Bad Extension";
            case 469 -> "Bad Info Package";
            case 481 -> "Call/Transaction Does Not Exist";
            case 482 -> "Loop Detected";
            case 483 -> "Too Many Hops";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 491 -> "Request Pending";
            case 500 -> "Server Internal Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 505 -> "Version Not Supported";
            case 513 -> "Message Too Large";
            case 603 -> "Decline";
            default -> "";
        };
    }
}
