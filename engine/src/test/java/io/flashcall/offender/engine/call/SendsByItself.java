package io.flashcall.offender.engine.call;

import io.flashcall.offender.engine.transport.Socket;

record SendsByItself(Socket socket) {}
