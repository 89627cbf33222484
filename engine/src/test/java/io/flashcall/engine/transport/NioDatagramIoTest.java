package io.flashcall.engine.transport;

class NioDatagramIoTest extends DatagramIoContract {

    @Override
    DatagramTransport transport() {
        return new NioTransport();
    }
}
