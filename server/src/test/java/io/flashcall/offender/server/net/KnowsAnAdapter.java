package io.flashcall.offender.server.net;

import io.flashcall.offender.server.http.Endpoint;

record KnowsAnAdapter(Endpoint endpoint) {}
