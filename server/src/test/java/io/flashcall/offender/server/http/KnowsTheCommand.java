package io.flashcall.offender.server.http;

import io.flashcall.offender.cli.Command;

record KnowsTheCommand(Command command) {}
