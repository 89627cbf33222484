package io.flashcall.server.channel.smpp;

import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.VAULT;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.E164;
import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.HttpChannelConfig.Texts;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.SmppChannelConfig;
import io.flashcall.server.config.SmppChannelConfig.AddressKind;
import io.flashcall.server.config.SmppChannelConfig.Coding;
import io.flashcall.server.config.SmppChannelConfig.Format;
import io.flashcall.server.config.SmppChannelConfig.Login;
import io.flashcall.server.config.SmppChannelConfig.Pace;
import io.flashcall.server.config.SmppChannelConfig.Parties;
import io.flashcall.server.config.SmppChannelConfig.Radix;
import io.flashcall.server.config.SmppChannelConfig.Reconnect;
import io.flashcall.server.config.SmppChannelConfig.Server;
import io.flashcall.server.config.SmppChannelConfig.Split;
import io.flashcall.server.config.SmppChannelConfig.Timeouts;
import io.flashcall.server.config.SmppChannelConfig.Validity;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.server.store.SqlStore;
import io.flashcall.server.webhook.JsonJournal;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Receipt;
import io.flashcall.verification.Receipts;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionChanges;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.channel.AttemptListener;
import io.flashcall.verification.channel.Channel.Launch;
import io.flashcall.verification.channel.MessageAttempts;
import io.flashcall.verification.channel.Preparation;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.store.Sample;
import io.flashcall.verification.store.SentMessages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Channels that speak to one SMSC, and what becomes of their messages.
final class SmppScene implements AutoCloseable {

    static final Login LOGIN = new Login("us", "secret", "VMA");
    static final Pace PACE = new Pace(
            4,
            new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(30)),
            new Reconnect(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(500)),
            Duration.ofSeconds(3));
    static final Format FORMAT =
            new Format(Coding.AUTO, Split.UDH, Validity.RELATIVE, Radix.AS_IS, new Texts(Map.of("default", "{code}")));

    private final SqlStore store;
    private final List<SmppChannel> channels = new ArrayList<>();
    private final Receipts receipts;
    final Map<SessionId, AttemptResult> results = new ConcurrentHashMap<>();
    /// Sessions that wait for no message any more.
    final Set<SessionId> unwanted = ConcurrentHashMap.newKeySet();

    final Messages messages = new Messages();
    private int phones = 447_700;

    SmppScene(Path folder) {
        this.store = SqlStore.open(
                new StoreConfig.File(folder.resolve("flashcall.db")), new AppCodec(), new PoolCodec(), VAULT);
        var changes = new SessionChanges(
                store.sessions(),
                new JsonJournal(),
                (_, _) -> {},
                new SessionChanges.World(Map.of(), Thread::startVirtualThread, InstantSource.system()));
        this.receipts = new Receipts(messages, changes, Thread::startVirtualThread, _ -> {});
    }

    /// A channel that is bound, or tries to be.
    SmppChannel channel(int port, Pace pace, Format format) {
        return channel(new Server("127.0.0.1", port, false, Optional.empty(), LOGIN), pace, format);
    }

    SmppChannel channel(Server server, Pace pace, Format format) {
        var config = new SmppChannelConfig(
                Sample.SMS,
                server,
                new Parties("Shop", AddressKind.ALPHANUMERIC, AddressKind.E164),
                pace,
                format,
                Optional.empty());
        var channel = SmppChannel.start(
                config,
                new MessageAttempts(Sample.SMS, Optional.empty(), Rates.FLAT, VAULT),
                store.apps(),
                new SmppChannel.Told(new Recorder(), receipts));
        channels.add(channel);
        return channel;
    }

    SmppChannel channel(int port) {
        return channel(port, PACE, FORMAT);
    }

    static Format saying(String text) {
        return new Format(
                FORMAT.coding(), FORMAT.split(), FORMAT.validity(), FORMAT.radix(), new Texts(Map.of("default", text)));
    }

    /// A new session, of a phone of its own.
    Session session() {
        synchronized (this) {
            var phone = new E164("447700" + phones++);
            return Session.start(Sample.session().to(phone, "GB").opening()).session();
        }
    }

    /// Sends a message, and does not wait for its end.
    Session begin(SmppChannel channel) {
        var session = session();
        var ready = (Preparation.Ready) channel.prepare(session, new Launch(1, 1, NOON));
        Thread.startVirtualThread(() -> channel.dispatch(session, ready.attempt(), ready.secret()));
        return session;
    }

    /// Sends a message, and says how it ended.
    AttemptResult send(SmppChannel channel) {
        return resultOf(begin(channel));
    }

    AttemptResult resultOf(Session session) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> results.get(session.id()), Objects::nonNull);
    }

    static void awaitBound(SmppChannel channel) {
        await().atMost(Duration.ofSeconds(10)).until(() -> channel.gauge().bound());
    }

    @Override
    public void close() {
        channels.forEach(SmppChannel::close);
        store.close();
    }

    /// How a message ended; more than once is a mistake.
    private final class Recorder implements AttemptListener {

        @Override
        public boolean isWanted(SessionId session, int attempt) {
            return !unwanted.contains(session);
        }

        @Override
        public void onRinging(SessionId session, int attempt) {
            throw new AssertionError("a message does not ring");
        }

        @Override
        public void onEnded(SessionId session, int attempt, AttemptResult result) {
            if (results.put(session, result) != null) {
                throw new AssertionError("ended twice: " + session);
            }
        }
    }

    /// What was noted and reported.
    static final class Messages implements SentMessages {

        final Map<String, Part> parts = new ConcurrentHashMap<>();
        final List<String> reports = new CopyOnWriteArrayList<>();
        volatile boolean broken;

        Part part(String id) {
            return Objects.requireNonNull(parts.get(id), id);
        }

        @Override
        public void note(List<Part> sent) {
            sent.forEach(part -> parts.put(part.id(), part));
        }

        @Override
        public Optional<Standing> settle(ChannelName channel, String id, Receipt.State state) {
            if (broken) {
                throw new IllegalStateException("the disk is full");
            }
            var part = parts.get(id);
            if (part == null) {
                return Optional.empty();
            }
            reports.add(id + " " + state);
            return Optional.of(new Standing(part.session(), part.attempt(), List.of(Optional.of(state))));
        }

        @Override
        public int forget(Instant before) {
            return 0;
        }
    }
}
