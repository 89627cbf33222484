package io.flashcall.offender.engine.call;

final class ReadsMillis {

    long now() {
        return System.currentTimeMillis();
    }
}
