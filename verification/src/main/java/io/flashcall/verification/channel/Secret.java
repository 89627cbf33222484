package io.flashcall.verification.channel;

import java.util.Optional;

/// What an attempt carries in the clear, on its way from preparation to dispatch. Never stored, never printed.
///
/// @param code     the digits that the user is to enter
/// @param callerId `+` and E.164, for a flash call
public record Secret(String code, Optional<String> callerId) {

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
