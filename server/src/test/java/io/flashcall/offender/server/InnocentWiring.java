package io.flashcall.offender.server;

import io.flashcall.offender.server.http.Endpoint;

record InnocentWiring(Endpoint endpoint) {}
