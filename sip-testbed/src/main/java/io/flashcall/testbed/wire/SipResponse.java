package io.flashcall.testbed.wire;

import java.util.ArrayList;
import java.util.List;

/// A response to be sent: status, header fields in order, body. [ResponseStyle] turns it into text.
///
/// @param status 100 to 699
/// @param phrase the reason phrase
/// @param fields every header but Content-Length, which the style adds
/// @param body an SDP body, or empty
public record SipResponse(int status, String phrase, List<Field> fields, String body) {

    /// With the phrase that the status usually has.
    public SipResponse(int status, List<Field> fields, String body) {
        this(status, phrase(status), fields, body);
    }

    /// One header field line.
    public record Field(String name, String value) {}

    /// The same with more fields at the end.
    public SipResponse with(List<Field> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Field> all = new ArrayList<>(fields);
        all.addAll(more);
        return new SipResponse(status, phrase, all, body);
    }

    /// The same in other words.
    public SipResponse withPhrase(String other) {
        return new SipResponse(status, other, fields, body);
    }

    /// The reason phrase that RFC 3261 §21 and its successors give this status, or a general one for its
    /// class.
    public static String phrase(int status) {
        return switch (status) {
            case 100 -> "Trying";
            case 180 -> "Ringing";
            case 181 -> "Call Is Being Forwarded";
            case 182 -> "Queued";
            case 183 -> "Session Progress";
            case 199 -> "Early Dialog Terminated";
            case 200 -> "OK";
            case 302 -> "Moved Temporarily";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 407 -> "Proxy Authentication Required";
            case 408 -> "Request Timeout";
            case 410 -> "Gone";
            case 480 -> "Temporarily Unavailable";
            case 301 -> "Moved Permanently";
            case 420 -> "Bad Extension";
            case 421 -> "Extension Required";
            case 423 -> "Interval Too Brief";
            case 481 -> "Call/Transaction Does Not Exist";
            case 484 -> "Address Incomplete";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 500 -> "Server Internal Error";
            case 503 -> "Service Unavailable";
            case 600 -> "Busy Everywhere";
            case 603 -> "Decline";
            case 604 -> "Does Not Exist Anywhere";
            case 607 -> "Unwanted";
            case 608 -> "Rejected";
            default -> general(status);
        };
    }

    private static String general(int status) {
        return switch (status / 100) {
            case 1 -> "Progress";
            case 2 -> "Success";
            case 3 -> "Redirection";
            case 4 -> "Client Error";
            case 5 -> "Server Error";
            default -> "Global Failure";
        };
    }
}
