/// The floor: what a loop must spend on the datagrams of a call at the least, with no SIP in it.
@NullMarked
package io.flashcall.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
