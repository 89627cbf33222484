/// Messages on a Netty event loop: datagrams, received and sent in batches on one socket per user agent, and
/// streams.
///
/// [DatagramTransport] opens a [DatagramIo] on a loop; received bytes come to a [DatagramHandler] on that loop.
/// Addresses are [Endpoint]s, numbers rather than objects. On Linux ([EpollFfmTransport]) nothing is allocated
/// for a datagram; elsewhere ([NioTransport]) a few objects are.
///
/// [StreamLink] keeps one TCP or TLS connection to one remote endpoint: a [Connector] decides when to open it,
/// a [StreamConnection] carries it, a [StreamFramer] cuts what comes into messages. [TlsSettings] say whom to
/// trust.
@NullMarked
package io.flashcall.engine.transport;

import org.jspecify.annotations.NullMarked;
