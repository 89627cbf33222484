package io.flashcall.offender.verification;

import java.util.concurrent.locks.Lock;

record Step(Lock lock) {}
