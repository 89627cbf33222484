/// SIP on the wire, as the testbed reads and writes it: a plain parser, a response builder, and the stateless
/// [io.flashcall.testbed.wire.Reflector]. Written for strictness and legibility; nothing here is shared with the
/// engine.
@NullMarked
package io.flashcall.testbed.wire;

import org.jspecify.annotations.NullMarked;
