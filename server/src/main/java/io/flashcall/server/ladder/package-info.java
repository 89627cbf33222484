/// The SIP messages of recent calls, in memory, for whoever looks at a session's timeline.
///
/// **Start here:** [LadderBook]. It is given to the engine as its trace, hears its call events, and is asked for the
/// messages of an attempt.
@NullMarked
package io.flashcall.server.ladder;

import org.jspecify.annotations.NullMarked;
