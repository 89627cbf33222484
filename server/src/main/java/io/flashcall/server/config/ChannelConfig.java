package io.flashcall.server.config;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import java.util.Optional;

/// A provider of messages or voice calls, of one of the kinds that the service can speak to.
public sealed interface ChannelConfig permits HttpChannelConfig, EmailChannelConfig, SmppChannelConfig {

    ChannelName name();

    /// Of one message, or of each of its parts.
    Optional<Price> price();
}
