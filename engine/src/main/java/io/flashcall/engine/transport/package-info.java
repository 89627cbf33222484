/// Datagrams on a Netty event loop: one socket per user agent, received and sent in batches.
///
/// [DatagramTransport] opens a [DatagramIo] on a loop; received bytes come to a [DatagramHandler] on that loop.
/// Addresses are [Endpoint]s, numbers rather than objects. On Linux ([EpollFfmTransport]) nothing is allocated for a
/// datagram; elsewhere ([NioTransport]) a few objects are.
@NullMarked
package io.flashcall.engine.transport;

import org.jspecify.annotations.NullMarked;
