package io.flashcall.offender.verification.channel;

import io.flashcall.offender.server.Service;

record AsksTheServer(Service service) {}
