/// Runs SIPp, as caller or callee, with the scenarios of `sip-testbed/scenarios`, and reads what it counted.
///
/// **Start here:** `Sipp#callee` and `Sipp#caller`. SIPp is the Debian package `sip-tester`.
@NullMarked
package io.flashcall.testbed.sipp;

import org.jspecify.annotations.NullMarked;
