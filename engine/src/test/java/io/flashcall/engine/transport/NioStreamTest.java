package io.flashcall.engine.transport;

class NioStreamTest extends StreamContract {

    @Override
    DatagramTransport transport() {
        return new NioTransport();
    }
}
