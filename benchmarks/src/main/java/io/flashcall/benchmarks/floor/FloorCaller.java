package io.flashcall.benchmarks.floor;

import io.flashcall.benchmarks.rig.Schedule;
import io.flashcall.testbed.Train;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The floor beneath every caller: a Netty epoll loop that sends prepared INVITEs at a rate, answers each 180 by a
/// CANCEL and each 487 by an ACK, and remembers nothing. It is no SIP user agent: it repeats nothing and judges
/// nothing.
/// With GSO (UDP segmentation offload) the equally long datagrams of one read cycle, or of one tick, go out in one
/// send.
public final class FloorCaller extends ChannelInboundHandlerAdapter {

    private static final int DATAGRAMS_A_READ = 16;
    private static final int LONGEST = 2048;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int TICK_MICROS = 1_000;
    private static final int RINGING = 180;
    private static final int TERMINATED = 487;

    private final InetSocketAddress to;
    private final PreparedCall call;
    private final boolean gso;
    private final Train invites = new Train();
    private final Train cancels = new Train();
    private final Train acks = new Train();
    private final byte[] response = new byte[LONGEST];
    private final long ringNanos;
    private final Ringing ringing = new Ringing();
    private long placed;
    private long ended;

    private FloorCaller(InetSocketAddress to, String local, long ringNanos, boolean gso) {
        this.to = to;
        this.ringNanos = ringNanos;
        call = new PreparedCall(text(to), local);
        this.gso = gso;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /// `ADDR:PORT CALLS-A-SECOND CALLS RAMP-MS RING-MS [gso]`: prints `{"placed":N,"ended":N,"seconds":S}`.
    public static void main(String[] arguments) throws Exception {
        int colon = arguments[0].lastIndexOf(':');
        var to = new InetSocketAddress(
                InetAddress.ofLiteral(arguments[0].substring(0, colon)),
                Integer.parseInt(arguments[0].substring(colon + 1)));
        var schedule = Schedule.of(arguments[1], arguments[2], arguments[3]);
        var ring = Duration.ofMillis(Long.parseLong(arguments[4]));
        System.out.println(run(to, schedule, ring, arguments.length > 5 && arguments[5].equals("gso")));
    }

    /// Places calls, and waits a second for the last ones.
    ///
    /// @param gso  whether equally long datagrams share a send
    public static Report run(InetSocketAddress to, Schedule schedule, Duration ring, boolean gso) throws Exception {
        try (var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory())) {
            var loopback = InetAddress.ofLiteral("127.0.0.1");
            var local = new InetSocketAddress(loopback, freePort(loopback));
            var caller = new FloorCaller(to, text(local), ring.toNanos(), gso);
            var channel = (EpollDatagramChannel) new Bootstrap()
                    .group(group)
                    .channel(EpollDatagramChannel.class)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LONGEST)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LONGEST * DATAGRAMS_A_READ))
                    .option(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                    .option(ChannelOption.SO_SNDBUF, BUFFER_BYTES)
                    .handler(caller)
                    .bind(local)
                    .sync()
                    .channel();
            long begun = System.nanoTime();
            var done = channel.eventLoop().<Void>newPromise();
            var tick = channel.eventLoop()
                    .scheduleAtFixedRate(
                            () -> {
                                caller.tick(channel, schedule.dueBy(System.nanoTime() - begun));
                                if (caller.placed == schedule.calls()) {
                                    done.trySuccess(null);
                                }
                            },
                            TICK_MICROS,
                            TICK_MICROS,
                            TimeUnit.MICROSECONDS);
            done.sync();
            double seconds = (System.nanoTime() - begun) / 1e9;
            channel.eventLoop()
                    .schedule(() -> {}, ring.toMillis() + 1_000, TimeUnit.MILLISECONDS)
                    .sync();
            tick.cancel(false);
            channel.close().sync();
            // What closing has left to the loop is done before the loop ends.
            channel.eventLoop().submit(() -> {}).sync();
            return new Report(caller.placed, caller.ended, seconds);
        }
    }

    /// Via has to say the port before anything is bound.
    private static int freePort(InetAddress address) throws SocketException {
        try (var probe = new DatagramSocket(0, address)) {
            return probe.getLocalPort();
        }
    }

    /// @param placed  INVITEs sent
    /// @param ended   ACKs sent
    /// @param seconds from the first INVITE to the last
    public record Report(long placed, long ended, double seconds) {

        @Override
        public String toString() {
            return "{\"placed\":%d,\"ended\":%d,\"seconds\":%.3f}".formatted(placed, ended, seconds);
        }
    }

    private void tick(EpollDatagramChannel channel, long due) {
        boolean some = placed < due;
        while (placed < due) {
            send(channel, invites, call.invite().of(placed++));
        }
        long now = System.nanoTime();
        while (ringing.isDue(now)) {
            send(channel, cancels, call.cancel().of(ringing.take()));
            some = true;
        }
        if (some) {
            invites.leave(channel);
            cancels.leave(channel);
            channel.flush();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var packet = (DatagramPacket) message;
        var content = packet.content();
        int length = Math.min(content.readableBytes(), LONGEST);
        content.getBytes(content.readerIndex(), response, 0, length);
        packet.release();
        int status = PreparedCall.status(response, length);
        if (status != RINGING && status != TERMINATED) {
            return;
        }
        int number = PreparedCall.numberIn(response, length);
        if (number < 0) {
            return;
        }
        var channel = (EpollDatagramChannel) context.channel();
        if (status == RINGING && ringNanos > 0) {
            ringing.add(PreparedCall.number(response, number), System.nanoTime() + ringNanos);
        } else if (status == RINGING) {
            send(channel, cancels, call.cancel().of(response, number));
        } else {
            // A CANCEL's own 200 is no 487.
            send(channel, acks, call.ack().of(response, number));
            ended++;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        var channel = (EpollDatagramChannel) context.channel();
        cancels.leave(channel);
        acks.leave(channel);
        context.flush();
    }

    private void send(EpollDatagramChannel channel, Train train, byte[] datagram) {
        if (gso) {
            train.add(channel, datagram, datagram.length, to);
        } else {
            var buffer = channel.alloc().directBuffer(datagram.length).writeBytes(datagram);
            var _ = channel.write(new DatagramPacket(buffer, to), channel.voidPromise());
        }
    }
}
