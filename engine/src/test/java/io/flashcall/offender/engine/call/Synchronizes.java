package io.flashcall.offender.engine.call;

final class Synchronizes {

    private int count;

    synchronized int next() {
        return count++;
    }
}
