package io.flashcall.offender.verification.number;

import java.net.Socket;

record OpensASocket(Socket socket) {}
