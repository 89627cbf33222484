package io.flashcall.engine.identity;

import io.netty.handler.codec.http.HttpHeaders;

/// What a server answered.
///
/// @param body at most 64 KiB, a character for each byte
record HttpsAnswer(int status, HttpHeaders headers, String body) {}
