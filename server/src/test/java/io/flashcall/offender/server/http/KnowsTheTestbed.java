package io.flashcall.offender.server.http;

import io.flashcall.offender.testbed.Carrier;

record KnowsTheTestbed(Carrier carrier) {}
