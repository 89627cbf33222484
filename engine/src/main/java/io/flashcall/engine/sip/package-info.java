/// SIP messages on the wire: views over received bytes, encoders from templates. Bytes in, bytes out.
///
/// **Start here:** `ResponseView#wrap` judges a datagram in one pass and answers questions about it by offset;
/// `RequestTemplate` renders INVITE, CANCEL, ACK and BYE for one trunk; `RequestView` and `ResponseWriter` are
/// the minimal server side.
///
/// **Reading:** `MessageHead` frames a message and reads the five fields every message carries, over the lines
/// that `HeaderIndex` found. Below it stand one class per grammar: `Via`, `NameAddr`, `SipUri`, `Params`,
/// `IpText`, `Ascii`.
///
/// **Writing:** `RequestText` holds the messages as one reads them, `Template` cuts them into byte runs and
/// `Slot`s.
///
/// **Guarantees:** nothing is allocated once constructed; bad bytes give a `ResponseView.Verdict`, never an
/// exception; everything configured is validated at construction. Instances are scratch space: one thread each.
@NullMarked
package io.flashcall.engine.sip;

import org.jspecify.annotations.NullMarked;
