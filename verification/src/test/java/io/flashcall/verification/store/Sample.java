package io.flashcall.verification.store;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Terms;
import io.flashcall.verification.Vault;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.pricing.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A session about to start, and what it meets. Each `with…` gives another one.
///
/// @param at       when it starts
/// @param reuseKey what a later start must match to be given it
public record Sample(AppId app, E164 to, String country, Instant at, Optional<String> reuseKey) {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    public static final AppId SHOP = new AppId("shop");
    public static final AppId BANK = new AppId("bank");

    public static final E164 ALICE = new E164("447700900123");
    public static final E164 BOB = new E164("447700900456");

    /// Its code is 739182.
    public static final E164 CALLER = new E164("442079739182");

    public static final E164 OTHER_CALLER = new E164("442079640375");

    public static final ChannelName SMS = new ChannelName("sms");

    public static final AttemptResult RANG = new AttemptResult(Verdict.DELIVERED, "rang", "", true);
    public static final AttemptResult BUSY = new AttemptResult(Verdict.NEXT_CHANNEL, "busy", "486 Busy Here", false);
    public static final AttemptResult NO_ANSWER =
            new AttemptResult(Verdict.NEXT_ROUTE, "no_response", "408 Request Timeout", false);

    /// The master key that stores under test are opened with.
    public static final Vault VAULT = new Vault(new byte[Vault.KEY_BYTES]);

    /// Alice's sign-up in the shop.
    public static Sample session() {
        return new Sample(SHOP, ALICE, "GB", NOON, Optional.empty());
    }

    public Sample with(AppId other) {
        return new Sample(other, to, country, at, reuseKey);
    }

    public Sample to(E164 other, String itsCountry) {
        return new Sample(app, other, itsCountry, at, reuseKey);
    }

    public Sample at(Instant other) {
        return new Sample(app, to, country, other, reuseKey);
    }

    public Sample reusedBy(String key) {
        return new Sample(app, to, country, at, Optional.of(key));
    }

    /// Draws a new id; flash call first, then SMS.
    public Opening opening() {
        var id = SessionId.next(at, RandomGenerator.getDefault());
        var intent = new Intent(
                to,
                country,
                "signup",
                Optional.of("user-17"),
                Optional.of("{\"amount\":\"12.50\"}"),
                Optional.of("en-GB"),
                Optional.of("alice@example.com"));
        var terms = new Terms(
                6,
                Duration.ofSeconds(120),
                3,
                3,
                List.of(
                        new PlannedChannel(ChannelName.FLASH_CALL, Duration.ofSeconds(45)),
                        new PlannedChannel(SMS, Duration.ofSeconds(30))),
                Duration.ofMillis(1500));
        var claims = new Opening.Claims(
                Optional.of(Vault.hash("fcs_secret")), reuseKey, Optional.of(VAULT.seal(code(CALLER), id.value())));
        return new Opening(id, app, intent, terms, at, claims);
    }

    /// The next attempt of a session: a flash call over trunk `north` that shows this caller id.
    public static Attempt flashCall(Session session, E164 caller, Instant now) {
        var plan = new Attempt.Plan(
                session.attempts().size() + 1,
                session.tally().sends(),
                0,
                ChannelName.FLASH_CALL,
                Optional.of(new Attempt.Way("north", "london", "first route of 44")),
                Optional.of(new Quote(
                        new Rate(Price.parse("0.0040 EUR"), new Increment.Time(60, 60), "uk.csv:12"),
                        Optional.of(Price.parse("0.05 EUR")))));
        var code = new Attempt.Code(
                VAULT.codeMac(session.id(), code(caller)),
                Optional.of(VAULT.seal(caller.digits(), session.id().value())),
                "+442079");
        return Attempt.begin(plan, code, now);
    }

    /// The next attempt of a session: an SMS.
    public static Attempt sms(Session session, String code, Instant now) {
        var plan = new Attempt.Plan(
                session.attempts().size() + 1, session.tally().sends(), 1, SMS, Optional.empty(), Optional.empty());
        return Attempt.begin(plan, new Attempt.Code(VAULT.codeMac(session.id(), code), Optional.empty(), ""), now);
    }

    /// The lease of a caller id for a session's destination.
    public static Lease lease(Session session, int attempt, E164 caller, Instant now) {
        var destinationMac = VAULT.numberMac(session.opening().intent().to());
        return new Lease(
                attempt, destinationMac, VAULT.numberMac(caller), VAULT.seal(caller.digits(), destinationMac), now);
    }

    /// The last six digits.
    public static String code(E164 caller) {
        return caller.digits().substring(caller.digits().length() - 6);
    }
}
