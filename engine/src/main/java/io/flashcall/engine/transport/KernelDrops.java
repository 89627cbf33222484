package io.flashcall.engine.transport;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Datagrams that the kernel dropped because a socket's receive buffer was full, asked for with `SO_MEMINFO` (Linux
/// 4.12). Unlike `SO_RXQ_OVFL` it costs nothing while datagrams flow and does not lag behind until the next one
/// arrives.
///
/// Any thread; the lock keeps a closing socket open until the question is answered, else it might be put to another one
/// that has got its number.
final class KernelDrops {

    private static final int WORDS = 9;
    private static final int DROPS_WORD = 8;

    private final Socket socket;
    private final ByteBuffer answer =
            ByteBuffer.allocateDirect(WORDS * Integer.BYTES).order(ByteOrder.nativeOrder());
    private long last;

    KernelDrops(Socket socket) {
        this.socket = socket;
    }

    /// Since the socket was opened; the last known count once it is closed; -1 where the kernel does not say.
    synchronized long count() {
        if (socket.isOpen()) {
            try {
                socket.getRawOpt(LinuxUdp.SOL_SOCKET, LinuxUdp.SO_MEMINFO, answer.clear());
                last = Integer.toUnsignedLong(answer.getInt(DROPS_WORD * Integer.BYTES));
            } catch (IOException e) {
                last = -1;
            }
        }
        return last;
    }

    synchronized void closeSocket() throws IOException {
        count();
        socket.close();
    }
}
