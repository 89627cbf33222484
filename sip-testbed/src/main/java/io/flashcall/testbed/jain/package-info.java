/// Two independent SIP stacks as callees: NIST's JAIN-SIP reference implementation and Jitsi's fork of it.
///
/// **Start here:** `JainCallee#start`. Both stacks use the same package names, so each callee gets a class loader of
/// its own, which finds the stack's jars among this module's resources (`stacks/`) and never on the class path.
/// What talks to the stack lives in `jain.callee` and is loaded anew by that loader.
@NullMarked
package io.flashcall.testbed.jain;

import org.jspecify.annotations.NullMarked;
