package io.flashcall.offender.engine.call;

import java.util.concurrent.locks.Lock;

record TakesALock(Lock lock) {}
