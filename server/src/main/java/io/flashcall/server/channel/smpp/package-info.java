/// SMS through a provider's SMSC, over SMPP 3.4. The library jSMPP writes and reads the PDUs and keeps a bound session;
/// what is ours is what becomes of a message when the link, or the SMSC, does not do what one hopes.
///
/// **Start here:** [SmppChannel] sends one message: [Encoder] writes it as one part or several, [Submitter] hands them
/// over one after another and says how it ended. [Link] keeps a [Bind] and makes another when it breaks.
/// [ReceiptDesk] takes what the SMSC reports later.
///
/// **The rule:** a part that may have reached the SMSC is never sent again (ADR 15).
///
/// **Threads:** a message has the virtual thread of its attempt, which blocks until it has ended. A link has one
/// virtual thread, and a bind the threads of jSMPP: one that reads, and hands answers to who waits for them;
/// three for what else comes; one that asks whether the SMSC is there. Each receipt has a virtual thread of
/// its own, so that a slow store holds up no answer.
@NullMarked
package io.flashcall.server.channel.smpp;

import org.jspecify.annotations.NullMarked;
