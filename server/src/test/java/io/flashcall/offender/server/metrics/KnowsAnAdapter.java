package io.flashcall.offender.server.metrics;

import io.flashcall.offender.server.http.Endpoint;

record KnowsAnAdapter(Endpoint endpoint) {}
