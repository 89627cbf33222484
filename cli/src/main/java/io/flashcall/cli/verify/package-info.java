/// `flashcall verify`: a client of the API for somebody at a terminal.
///
/// **Start here:** [VerifyCommand] starts a verification; a [Conversation] follows its stream and asks for the digits.
@NullMarked
package io.flashcall.cli.verify;

import org.jspecify.annotations.NullMarked;
