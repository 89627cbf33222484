package io.flashcall.offender.server.config;

import io.flashcall.offender.server.http.Endpoint;

record KnowsAnAdapter(Endpoint endpoint) {}
