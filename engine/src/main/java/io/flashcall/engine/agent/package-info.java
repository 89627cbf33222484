/// The user agent pool: each user agent is one event loop, one socket and one writer, with a table of preallocated
/// calls found by the branch of what comes in. Nothing below [io.flashcall.engine.Engine] takes a lock.
@NullMarked
package io.flashcall.engine.agent;

import org.jspecify.annotations.NullMarked;
