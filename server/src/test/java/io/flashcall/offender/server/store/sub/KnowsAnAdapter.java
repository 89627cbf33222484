package io.flashcall.offender.server.store.sub;

import io.flashcall.offender.server.http.Endpoint;

record KnowsAnAdapter(Endpoint endpoint) {}
