package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Writes down what it is told.
final class RecordingStream implements StreamHandler {

    final List<StreamInfo> connected = new CopyOnWriteArrayList<>();
    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<StreamClosed> closed = new CopyOnWriteArrayList<>();
    volatile Consumer<String> onEach = _ -> {};
    volatile int pongs;
    volatile int cyclesBegun;
    volatile int cyclesEnded;

    @Override
    public void onConnected(StreamInfo info) {
        connected.add(info);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the event loop
    public void beforeRead() {
        cyclesBegun++;
    }

    @Override
    public void onMessage(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, ISO_8859_1);
        messages.add(text);
        onEach.accept(text);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the event loop
    public void onPong() {
        pongs++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the event loop
    public void afterRead() {
        cyclesEnded++;
    }

    @Override
    public void onClosed(StreamClosed end) {
        closed.add(end);
    }
}
