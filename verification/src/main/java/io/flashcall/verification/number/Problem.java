package io.flashcall.verification.number;

/// Something that must be put right before a pool, an app or a request can be used.
///
/// @param field  where: `numbers`, `purposes.login`, `checks`, …
/// @param detail what it is and what was expected, for people; numbers are masked
public record Problem(String field, String detail) {}
