package io.flashcall.testbed.wire;

import java.util.Optional;

/// The header fields the testbed looks at, with their compact forms (RFC 3261 §7.3.3); every other one is [#OTHER].
public enum HeaderName {
    VIA("Via", "v"),
    FROM("From", "f"),
    TO("To", "t"),
    CALL_ID("Call-ID", "i"),
    CSEQ("CSeq", ""),
    CONTACT("Contact", "m"),
    CONTENT_LENGTH("Content-Length", "l"),
    CONTENT_TYPE("Content-Type", "c"),
    MAX_FORWARDS("Max-Forwards", ""),
    ROUTE("Route", ""),
    RECORD_ROUTE("Record-Route", ""),
    REASON("Reason", ""),
    REQUIRE("Require", ""),
    PROXY_REQUIRE("Proxy-Require", ""),
    SUPPORTED("Supported", "k"),
    WWW_AUTHENTICATE("WWW-Authenticate", ""),
    AUTHORIZATION("Authorization", ""),
    PROXY_AUTHENTICATE("Proxy-Authenticate", ""),
    PROXY_AUTHORIZATION("Proxy-Authorization", ""),
    RSEQ("RSeq", ""),
    RACK("RAck", ""),
    EXPIRES("Expires", ""),
    MIN_EXPIRES("Min-Expires", ""),
    SERVICE_ROUTE("Service-Route", ""),
    RETRY_AFTER("Retry-After", ""),
    CALL_INFO("Call-Info", ""),
    ALERT_INFO("Alert-Info", ""),
    P_EARLY_MEDIA("P-Early-Media", ""),
    OTHER("", "");

    private static final HeaderName[] KNOWN = values();

    private final String longForm;
    private final String compactForm;

    HeaderName(String longForm, String compactForm) {
        this.longForm = longForm;
        this.compactForm = compactForm;
    }

    /// The name as RFC 3261 spells it.
    public String longForm() {
        return longForm;
    }

    /// The one-letter form, where there is one.
    public Optional<String> compactForm() {
        return compactForm.isEmpty() ? Optional.empty() : Optional.of(compactForm);
    }

    /// Recognises the header name that `text` holds in `[start, end)`, in any case and either form.
    static HeaderName of(String text, int start, int end) {
        int length = end - start;
        for (HeaderName name : KNOWN) {
            String form = length == 1 ? name.compactForm : name.longForm;
            if (length > 0 && form.length() == length && text.regionMatches(true, start, form, 0, length)) {
                return name;
            }
        }
        return OTHER;
    }
}
