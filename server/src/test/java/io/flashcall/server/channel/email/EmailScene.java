package io.flashcall.server.channel.email;

import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.VAULT;

import io.flashcall.server.config.EmailChannelConfig;
import io.flashcall.server.config.EmailChannelConfig.Letter;
import io.flashcall.server.config.EmailChannelConfig.Login;
import io.flashcall.server.config.EmailChannelConfig.Relay;
import io.flashcall.server.config.EmailChannelConfig.Security;
import io.flashcall.server.config.HttpChannelConfig.Texts;
import io.flashcall.server.config.Mailbox;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.channel.AttemptListener;
import io.flashcall.verification.channel.Channel.Launch;
import io.flashcall.verification.channel.MessageAttempts;
import io.flashcall.verification.channel.Preparation;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An email channel, an app of some title, and what became of its attempts.
final class EmailScene implements AttemptListener {

    static final ChannelName EMAIL = new ChannelName("email");
    static final String ALICE = "alice@shop.example";

    final List<AttemptResult> results = new ArrayList<>();

    private String title = "Alice's Shop";
    private Mailbox from = Mailbox.parse("Alice's Shop <no-reply@shop.example>");
    private Letter letter =
            new Letter(text("Your code for {app}"), text("{code} is your code for {app}."), Optional.empty());
    private Duration timeout = Duration.ofSeconds(5);

    EmailScene titled(String other) {
        title = other;
        return this;
    }

    EmailScene from(String other) {
        from = Mailbox.parse(other);
        return this;
    }

    EmailScene writing(Letter other) {
        letter = other;
        return this;
    }

    EmailScene within(Duration other) {
        timeout = other;
        return this;
    }

    static Texts text(String text) {
        return new Texts(Map.of("default", text));
    }

    static Relay plain(int port) {
        return new Relay("127.0.0.1", port, Security.NONE, Optional.empty(), Optional.empty());
    }

    static Relay plain(int port, String user, String password) {
        return new Relay("127.0.0.1", port, Security.NONE, Optional.of(new Login(user, password)), Optional.empty());
    }

    static Relay secure(int port, Security security, Path trust) {
        return new Relay("localhost", port, security, Optional.empty(), Optional.of(trust));
    }

    EmailChannel channel(Relay relay) {
        var config = new EmailChannelConfig(EMAIL, relay, from, letter, timeout, Optional.of(Price.parse("0.001 EUR")));
        return new EmailChannel(
                config, new MessageAttempts(EMAIL, config.price(), Rates.FLAT, VAULT), new OneApp(), this);
    }

    /// Prepares and dispatches to Alice, in no language.
    ///
    /// @return the code
    String send(EmailChannel channel) {
        return send(channel, session(Optional.of(ALICE), Optional.empty()));
    }

    String send(EmailChannel channel, Session session) {
        var ready = (Preparation.Ready) channel.prepare(session, new Launch(1, 0, NOON));
        channel.dispatch(session, ready.attempt(), ready.secret());
        return ready.secret().code();
    }

    static Session session(Optional<String> email, Optional<String> language) {
        var sample = Sample.session().opening();
        var intent = sample.intent();
        var opening = new Opening(
                sample.id(),
                sample.app(),
                new Intent(
                        intent.to(),
                        intent.country(),
                        intent.purpose(),
                        intent.userReference(),
                        intent.transaction(),
                        language,
                        email),
                sample.terms(),
                sample.at(),
                Opening.Claims.NONE);
        return Session.start(opening).session();
    }

    @Override
    public boolean isWanted(SessionId session, int attempt) {
        return true;
    }

    @Override
    public void onRinging(SessionId session, int attempt) {
        throw new AssertionError("an email does not ring");
    }

    @Override
    public void onEnded(SessionId session, int attempt, AttemptResult result) {
        results.add(result);
    }

    private final class OneApp implements Apps {

        @Override
        public Optional<App> find(AppId id) {
            return Optional.of(new App(id, title, Policy.DEFAULT, Map.of(), App.Access.DEFAULT, App.RiskGuard.DEFAULT));
        }

        @Override
        public List<App> list() {
            return List.of();
        }

        @Override
        public void save(App app) {
            throw new AssertionError("nobody saves apps here");
        }

        @Override
        public boolean delete(AppId id) {
            return false;
        }
    }
}
