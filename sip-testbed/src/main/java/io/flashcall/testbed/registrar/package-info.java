/// A registrar (RFC 3261 §10) as a carrier has it: bindings with an expiry, 423, Service-Route, and bad days.
///
/// **Start here:** a [io.flashcall.testbed.registrar.Registrar] answers REGISTER by a
/// [io.flashcall.testbed.registrar.RegistrarPolicy] and knows who is bound.
@NullMarked
package io.flashcall.testbed.registrar;

import org.jspecify.annotations.NullMarked;
