package io.flashcall.engine.trunk.dns;

/// What a domain offers, and under which name more is found (RFC 3403 §4).
///
/// @param order       0 to 65535, the lowest first; a higher one is for those who can use none of the lower
/// @param preference  0 to 65535, the lowest first among those of one order
/// @param flags       `s` where an SRV record is next
/// @param service     such as `SIP+D2U`
/// @param regexp      empty where there is a replacement
/// @param replacement a domain name without its last dot; `.` for none
public record NaptrRecord(int order, int preference, String flags, String service, String regexp, String replacement) {}
