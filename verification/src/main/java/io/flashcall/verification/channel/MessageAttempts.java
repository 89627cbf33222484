package io.flashcall.verification.channel;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.Vault;
import io.flashcall.verification.channel.Channel.Launch;
import io.flashcall.verification.pricing.Rates;
import java.security.SecureRandom;
import java.util.Optional;

/// Prepares the attempts of channels that carry any code, as messages do: the code that was asked for, else a random
/// one. Thread-safe.
public final class MessageAttempts {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ChannelName channel;
    private final Optional<Price> price;
    private final Rates rates;
    private final Vault vault;

    /// @param price of one part of a message, as the channel's configuration says
    /// @param rates what else is known of prices
    public MessageAttempts(ChannelName channel, Optional<Price> price, Rates rates, Vault vault) {
        this.channel = channel;
        this.price = price;
        this.rates = rates;
        this.vault = vault;
    }

    /// The channel that the attempts are on.
    public ChannelName channel() {
        return channel;
    }

    /// The session's next attempt.
    public Preparation.Ready prepare(Session session, Launch launch) {
        var code = session.opening()
                .claims()
                .requestedCode()
                .map(hidden -> vault.open(hidden, session.id().value()))
                .orElseGet(() -> draw(session.opening().terms().codeLength()));
        var plan = new Attempt.Plan(
                session.attempts().size() + 1,
                launch.send(),
                launch.channelIndex(),
                channel,
                Optional.empty(),
                rates.quote(Rates.Asked.of(session, launch.send(), launch.now()).by(channel, Optional.empty(), price)));
        var kept = new Attempt.Code(vault.codeMac(session.id(), code), Optional.empty(), "");
        return new Preparation.Ready(
                Attempt.begin(plan, kept, launch.now()), Optional.empty(), new Secret(code, Optional.empty()));
    }

    private static String draw(int digits) {
        var code = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            code.append((char) ('0' + RANDOM.nextInt(10)));
        }
        return code.toString();
    }
}
