package io.flashcall.offender.engine.call;

final class ReadsNanoTime {

    long now() {
        return System.nanoTime();
    }
}
