package io.flashcall.engine.transport;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class EpollStreamTest extends StreamContract {

    @Override
    DatagramTransport transport() {
        return new EpollFfmTransport(true);
    }
}
