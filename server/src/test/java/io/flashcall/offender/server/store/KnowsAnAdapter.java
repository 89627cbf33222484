package io.flashcall.offender.server.store;

import io.flashcall.offender.server.http.Endpoint;

record KnowsAnAdapter(Endpoint endpoint) {}
