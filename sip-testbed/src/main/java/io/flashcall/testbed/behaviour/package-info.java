/// What a carrier does with a call: named behaviours with parameters, the table that chooses one by the called number,
/// and scripts that combine and weight them. Plans only; no sockets, clocks or threads.
///
/// **Start here:** `Behaviour#parse` reads `name:key=value,...`, the one syntax used on the command line, in
/// scripts and in tests; `Behaviour#describeAll` prints all of it.
@NullMarked
package io.flashcall.testbed.behaviour;

import org.jspecify.annotations.NullMarked;
