package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Keeps what a transport says, for a test to look at from its own thread.
final class RecordingHandler implements DatagramHandler {

    /// Bytes as ISO 8859-1, one character each.
    record Datagram(String text, Endpoint source) {}

    record Undelivered(String quoted, Endpoint destination) {}

    record SendError(long token, int errno) {}

    final ConcurrentLinkedQueue<Datagram> datagrams = new ConcurrentLinkedQueue<>();
    final List<Undelivered> undelivered = new CopyOnWriteArrayList<>();
    final List<SendError> sendErrors = new CopyOnWriteArrayList<>();
    volatile Consumer<String> onEach = _ -> {};
    volatile int cyclesBegun;
    volatile int cyclesEnded;
    volatile int errorsOutside;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the event loop
    public void beforeRead() {
        cyclesBegun++;
    }

    @Override
    public void onDatagram(byte[] bytes, int length, Endpoint source) {
        String text = new String(bytes, 0, length, ISO_8859_1);
        datagrams.add(new Datagram(text, source.copy()));
        onEach.accept(text);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the event loop
    public void afterRead() {
        cyclesEnded++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the event loop
    public void onSendError(long token, int errno) {
        if (cyclesBegun == cyclesEnded) {
            errorsOutside++;
        }
        sendErrors.add(new SendError(token, errno));
    }

    @Override
    public void onUndelivered(byte[] quoted, int length, Endpoint destination) {
        undelivered.add(new Undelivered(new String(quoted, 0, length, ISO_8859_1), destination.copy()));
    }

    List<String> texts() {
        return datagrams.stream().map(Datagram::text).toList();
    }
}
