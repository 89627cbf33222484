package io.flashcall.offender.verification.number;

import java.net.InetAddress;
import java.net.UnknownHostException;

final class AsksTheDns {

    InetAddress find(String name) throws UnknownHostException {
        return InetAddress.getByName(name);
    }
}
