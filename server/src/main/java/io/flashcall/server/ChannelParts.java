package io.flashcall.server;

import io.flashcall.server.channel.HttpChannel;
import io.flashcall.server.channel.email.EmailChannel;
import io.flashcall.server.channel.smpp.SmppChannel;
import io.flashcall.server.config.ChannelConfig;
import io.flashcall.server.config.EmailChannelConfig;
import io.flashcall.server.config.HttpChannelConfig;
import io.flashcall.server.config.SmppChannelConfig;
import io.flashcall.server.metrics.SmppGauge;
import io.flashcall.server.net.AddressGuard;
import io.flashcall.server.net.GuardedHttp;
import io.flashcall.verification.Receipts;
import io.flashcall.verification.Vault;
import io.flashcall.verification.channel.AttemptListener;
import io.flashcall.verification.channel.Channel;
import io.flashcall.verification.channel.MessageAttempts;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.store.Apps;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Makes the channels besides the flash call, each of its kind.
///
/// @param listener hears how attempts go
/// @param receipts hears what providers report later
/// @param parts    takes what is to be closed
record ChannelParts(
        Vault vault,
        Rates rates,
        Apps apps,
        AttemptListener listener,
        Receipts receipts,
        InstantSource clock,
        Consumer<AutoCloseable> parts) {

    Channel of(ChannelConfig config) {
        var attempts = new MessageAttempts(config.name(), config.price(), rates, vault);
        return switch (config) {
            case HttpChannelConfig http ->
                new HttpChannel(
                        http, httpFor(http), attempts, apps, new HttpChannel.Ears(listener, receipts::sent, clock));
            case EmailChannelConfig email -> part(new EmailChannel(email, attempts, apps, listener));
            case SmppChannelConfig smpp ->
                part(SmppChannel.start(smpp, attempts, apps, new SmppChannel.Told(listener, receipts)));
        };
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.accept(part);
        return part;
    }

    /// How those of a service's parts are doing that speak SMPP.
    static Supplier<List<SmppGauge>> smpp(Collection<AutoCloseable> parts) {
        var channels = parts.stream()
                .filter(SmppChannel.class::isInstance)
                .map(SmppChannel.class::cast)
                .toList();
        return () -> channels.stream().map(SmppChannel::gauge).toList();
    }

    private GuardedHttp httpFor(HttpChannelConfig channel) {
        boolean anywhere = channel.request().allowPrivateAddresses();
        return part(new GuardedHttp(anywhere ? AddressGuard.anywhere() : new AddressGuard(List.of())));
    }
}
