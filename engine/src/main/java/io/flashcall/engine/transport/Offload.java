package io.flashcall.engine.transport;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;

/// What the kernel does for a UDP socket, so that several datagrams pass through it as one.
///
/// @param segmenting it cuts what is sent into datagrams (`UDP_SEGMENT`, Linux 4.18)
/// @param coalescing it puts together what is received (`UDP_GRO`, Linux 5.0)
record Offload(boolean segmenting, boolean coalescing) {

    static final Offload NONE = new Offload(false, false);

    /// Switches on what this kernel knows.
    static Offload of(LinuxSocket socket) {
        return new Offload(knows(socket, LinuxUdp.UDP_SEGMENT, 0), knows(socket, LinuxUdp.UDP_GRO, 1));
    }

    private static boolean knows(LinuxSocket socket, int option, int value) {
        try {
            socket.setIntOpt(LinuxUdp.SOL_UDP, option, value);
            return true;
        } catch (IOException | ChannelException _) {
            // Netty's native code throws the latter, whatever the method declares.
            return false;
        }
    }
}
