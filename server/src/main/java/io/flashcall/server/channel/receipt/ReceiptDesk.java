package io.flashcall.server.channel.receipt;

import io.flashcall.server.config.HttpChannelConfig;
import io.flashcall.server.config.ReceiptRule;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Receipts;
import io.flashcall.verification.Vault;
import io.flashcall.verification.channel.CallReference;
import io.flashcall.verification.store.Sessions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Takes the receipts of providers: one or many at once, in whatever form each of them writes them. Thread-safe.
public final class ReceiptDesk {

    // How a provider asks whether the URL is ours, by GET: what Meta's webhooks do.
    private static final String CHALLENGE = "hub.challenge";
    private static final String WORD = "hub.verify_token";
    private static final Pattern ECHOED = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private final Map<ChannelName, Reading> readings = new HashMap<>();
    private final Receipts receipts;
    private final Sessions sessions;
    private final Rejections rejections;

    /// @param channels of which some have receipts
    public ReceiptDesk(
            List<HttpChannelConfig> channels,
            Receipts receipts,
            Sessions sessions,
            Rejections rejections,
            InstantSource clock) {
        this.receipts = receipts;
        this.sessions = sessions;
        this.rejections = rejections;
        for (var channel : channels) {
            channel.receipts()
                    .ifPresent(rule -> readings.put(
                            channel.name(), new Reading(rule, new Proofs(rule, clock), new ItemReader(rule))));
        }
    }

    /// Hears of what could not be used.
    @FunctionalInterface
    public interface Rejections {

        /// @param reason `not_authentic`, `unreadable`, `empty`, `unknown_message` or `too_many`
        void rejected(ChannelName channel, String reason);
    }

    /// What came of a post.
    public sealed interface Taking {

        /// What it says is saved, as far as we know the messages that it is about.
        record Taken() implements Taking {}

        /// The answer to a question by which the provider makes sure that we are who it was told.
        record Echo(String challenge) implements Taking {}

        /// Not all of it could be taken: the provider must repeat it later.
        record TooMany() implements Taking {}

        /// It is not the provider's.
        record NotAuthentic() implements Taking {}

        /// No such channel, or none that takes receipts.
        record NoSuchChannel() implements Taking {}
    }

    private record Reading(ReceiptRule rule, Proofs proofs, ItemReader items) {}

    public Taking take(String channel, Post post) {
        return reading(channel)
                .map(known -> take(known.getKey(), known.getValue(), post))
                .orElseGet(Taking.NoSuchChannel::new);
    }

    private Optional<Map.Entry<ChannelName, Reading>> reading(String channel) {
        return readings.entrySet().stream()
                .filter(entry -> entry.getKey().value().equals(channel))
                .findFirst();
    }

    private Taking take(ChannelName channel, Reading reading, Post post) {
        if (post.body().length == 0 && post.query().containsKey(CHALLENGE)) {
            return challenged(channel, reading, post);
        }
        if (!reading.proofs().hold(post)) {
            return refused(channel);
        }
        var tree = Fields.tree(post);
        if (tree.isEmpty()) {
            rejections.rejected(channel, "unreadable");
        }
        if (tree.filter(root -> !reading.items().speaksOfMessages(root)).isPresent()) {
            rejections.rejected(channel, "empty");
        }
        int left = 0;
        for (var item : tree.map(reading.items()::read).orElse(List.of())) {
            if (!saved(channel, item)) {
                left++;
            }
        }
        if (left > 0) {
            rejections.rejected(channel, "too_many");
            return new Taking.TooMany();
        }
        return new Taking.Taken();
    }

    private Taking challenged(ChannelName channel, Reading reading, Post post) {
        var word = reading.rule().challenge().orElse("");
        var challenge = post.query().getOrDefault(CHALLENGE, "");
        boolean right = !word.isEmpty()
                && Vault.same(post.query().getOrDefault(WORD, ""), word)
                && ECHOED.matcher(challenge).matches();
        return right ? new Taking.Echo(challenge) : refused(channel);
    }

    private Taking refused(ChannelName channel) {
        rejections.rejected(channel, "not_authentic");
        return new Taking.NotAuthentic();
    }

    /// @return whether it need not come again
    private boolean saved(ChannelName channel, Item item) {
        var ours = item.reference().flatMap(CallReference::parse).filter(reference -> isOf(channel, reference));
        if (ours.isPresent()) {
            receipts.received(ours.get().session(), ours.get().attempt(), item.state(), item.detail());
            return true;
        }
        if (item.id().isPresent()) {
            return receipts.received(channel, item.id().get(), item.state(), item.detail());
        }
        rejections.rejected(channel, "unknown_message");
        return true;
    }

    /// A provider speaks for its own messages alone.
    private boolean isOf(ChannelName channel, CallReference reference) {
        return sessions.find(reference.session())
                .flatMap(session -> session.attempt(reference.attempt()))
                .filter(attempt -> attempt.plan().channel().equals(channel))
                .isPresent();
    }
}
