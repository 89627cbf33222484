package io.flashcall.cli.keys;

import picocli.CommandLine.Command;

/// API keys, in the store itself.
@Command(
        name = "keys",
        description = "Makes, lists and revokes API keys, also while the service runs.",
        subcommands = {CreateKeyCommand.class, ListKeysCommand.class, RevokeKeyCommand.class},
        footer = {"", "Example:", "  ./flashcall keys create --scope server --app demo --name 'back end'"})
public final class KeysCommand {}
