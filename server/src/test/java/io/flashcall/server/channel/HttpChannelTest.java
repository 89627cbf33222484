package io.flashcall.server.channel;

import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flashcall.engine.Cidr;
import io.flashcall.server.config.HttpChannelConfig;
import io.flashcall.server.config.HttpChannelConfig.Answers;
import io.flashcall.server.config.HttpChannelConfig.Content;
import io.flashcall.server.config.HttpChannelConfig.Request;
import io.flashcall.server.config.HttpChannelConfig.SuccessRule;
import io.flashcall.server.config.HttpChannelConfig.Texts;
import io.flashcall.server.net.AddressGuard;
import io.flashcall.server.net.GuardedHttp;
import io.flashcall.server.net.Receiver;
import io.flashcall.server.net.Receiver.Reply;
import io.flashcall.verification.App;
import io.flashcall.verification.App.Access;
import io.flashcall.verification.AppId;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.channel.AttemptListener;
import io.flashcall.verification.channel.Channel.Launch;
import io.flashcall.verification.channel.MessageAttempts;
import io.flashcall.verification.channel.Preparation;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Sample;
import io.flashcall.verification.store.SentMessages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HttpChannelTest {

    private static final Launch LAUNCH = new Launch(2, 1, NOON.plusSeconds(45));
    private static final String JSON = "application/json";

    private final GuardedHttp http = new GuardedHttp(new AddressGuard(List.of(Cidr.parse("127.0.0.0/8"))));
    private final OneApp apps = new OneApp();
    private final List<AttemptResult> results = new ArrayList<>();
    private final List<SentMessages.Part> sent = new ArrayList<>();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void an_attempt_carries_a_random_code_of_the_asked_length_and_no_lease() {
        var session = session(Optional.empty(), "Alice");
        var channel = channel(request("http://127.0.0.1/", JSON, "{}"));

        var codes = new HashSet<String>();
        for (int i = 0; i < 50; i++) {
            var ready = (Preparation.Ready) channel.prepare(session, LAUNCH);
            assertThat(ready.lease()).isEmpty();
            assertThat(ready.secret().callerId()).isEmpty();
            assertThat(ready.secret().code()).matches("[0-9]{6}");
            assertThat(ready.attempt().code().mac())
                    .isEqualTo(VAULT.codeMac(session.id(), ready.secret().code()));
            assertThat(ready.attempt().code().callerId()).isEmpty();
            assertThat(ready.attempt().toString()).doesNotContain(ready.secret().code());
            codes.add(ready.secret().code());
        }
        assertThat(codes).hasSizeGreaterThan(45);
    }

    @Test
    void an_attempt_says_its_place_in_the_plan_and_its_price() {
        var ready = (Preparation.Ready)
                channel(request("http://127.0.0.1/", JSON, "{}")).prepare(session(Optional.empty(), "Alice"), LAUNCH);

        var plan = ready.attempt().plan();
        assertThat(plan.number()).isEqualTo(1);
        assertThat(plan.send()).isEqualTo(2);
        assertThat(plan.channelIndex()).isEqualTo(1);
        assertThat(plan.channel()).isEqualTo(Sample.SMS);
        assertThat(plan.price()).contains(Price.parse("0.05 EUR"));
        assertThat(ready.attempt().times().begun()).isEqualTo(LAUNCH.now());
    }

    @Test
    void a_requested_code_is_the_one_that_is_sent() {
        var session = Session.start(Sample.session().opening()).session();

        var ready = (Preparation.Ready)
                channel(request("http://127.0.0.1/", JSON, "{}")).prepare(session, LAUNCH);

        assertThat(ready.secret().code()).isEqualTo(Sample.code(Sample.CALLER));
    }

    @Test
    void the_provider_gets_what_the_templates_say_with_values_escaped_for_json() {
        try (var receiver = Receiver.answering(_ -> Reply.status(201))) {
            var request = new Request(
                    "POST",
                    receiver.url("/v1/") + "{session}?to={to}",
                    Map.of("Authorization", "Bearer key", "X-Attempt", "{attempt}"),
                    new Content(
                            JSON,
                            "{\"to\":\"{digits}\",\"text\":\"{text}\",\"lang\":\"{language}\",\"nested\":{\"code\":\"{code}\"}}"),
                    Map.of(),
                    true);
            var session = session(Optional.of("de-AT"), "Bob's \"Shop\"\n");

            var code = send(channel(request), session);

            var received = receiver.received().getFirst();
            assertThat(received.method()).isEqualTo("POST");
            assertThat(received.path()).isEqualTo("/v1/" + session.id() + "?to=%2B447700900123");
            assertThat(received.header("authorization")).isEqualTo("Bearer key");
            assertThat(received.header("x-attempt")).isEqualTo("1");
            assertThat(received.header("content-type")).isEqualTo(JSON);
            assertThat(received.body())
                    .isEqualTo("{\"to\":\"447700900123\",\"text\":\"" + code
                            + " ist Ihr Code für Bob's \\\"Shop\\\"\\n.\",\"lang\":\"de-AT\",\"nested\":{\"code\":\""
                            + code + "\"}}");
            assertThat(results).containsExactly(new AttemptResult(Verdict.DELIVERED, "accepted", "HTTP 201", true));
        }
    }

    @Test
    void forms_xml_and_plain_text_have_escapes_of_their_own() {
        try (var receiver = Receiver.answering(_ -> Reply.status(200))) {
            var url = receiver.url("/").toString();
            var session = session(Optional.empty(), "A & B <+>");

            send(channel(request(url, "application/x-www-form-urlencoded", "to={to}&app={app}")), session);
            send(channel(request(url, "application/xml; charset=utf-8", "<m app=\"{app}\"/>")), session);
            send(channel(request(url, "text/plain", "{app}")), session);

            assertThat(receiver.received().stream().map(Receiver.Received::body).toList())
                    .containsExactly(
                            "to=%2B447700900123&app=A+%26+B+%3C%2B%3E",
                            "<m app=\"A &amp; B &lt;+&gt;\"/>", "A & B <+>");
        }
    }

    @Test
    void a_message_says_how_long_its_code_is_good_and_may_spell_it() {
        try (var receiver = Receiver.answering(_ -> Reply.status(200))) {
            var texts = new Texts(Map.of("default", "{spaced_code} for {minutes} min {unknown} {to}"));

            var code = send(
                    channel(request(receiver.url("/").toString(), "text/plain", "{text}"), SuccessRule.ANY_2XX, texts),
                    session(Optional.empty(), "Alice"));

            assertThat(receiver.received().getFirst().body())
                    .as("75 s are left of 120")
                    .isEqualTo(String.join(" ", code.split("")) + " for 1 min {unknown} {to}");
        }
    }

    @Test
    void a_refusal_moves_on_and_never_repeats_what_the_provider_said() {
        try (var receiver = Receiver.answering(request -> Reply.status(400, "", request.body()))) {
            send(
                    channel(request(receiver.url("/").toString(), "text/plain", "{code}")),
                    session(Optional.empty(), "Alice"));

            assertThat(results)
                    .containsExactly(new AttemptResult(Verdict.NEXT_CHANNEL, "provider_refused", "HTTP 400", false));
        }
    }

    @Test
    void a_redirect_is_a_refusal() {
        try (var receiver = Receiver.answering(_ -> Reply.status(302, "Location: /\r\n", ""))) {
            send(
                    channel(request(receiver.url("/").toString(), "text/plain", "{code}")),
                    session(Optional.empty(), "Alice"));

            assertThat(results.getFirst().outcome()).isEqualTo("provider_refused");
            assertThat(receiver.count()).isEqualTo(1);
        }
    }

    @Test
    void a_success_may_hang_on_what_the_answer_says() {
        var rule = new SuccessRule(200, 299, Optional.of("/messages/0/status"), Optional.of("0"));
        assertThat(outcome(rule, "{\"messages\":[{\"status\":\"0\"}]}")).isEqualTo("accepted");
        assertThat(outcome(rule, "{\"messages\":[{\"status\":0}]}")).isEqualTo("accepted");
        assertThat(outcome(rule, "{\"messages\":[{\"status\":\"4\"}]}")).isEqualTo("provider_refused");
        assertThat(outcome(rule, "{\"messages\":[]}")).isEqualTo("provider_refused");
        assertThat(outcome(rule, "not json")).isEqualTo("provider_refused");

        var any = new SuccessRule(200, 299, Optional.of("/id"), Optional.empty());
        assertThat(outcome(any, "{\"id\":{\"a\":1}}")).isEqualTo("accepted");
        assertThat(outcome(any, "{\"id\":null}")).isEqualTo("provider_refused");
    }

    @Test
    void where_no_answer_comes_the_message_may_have_gone_and_it_is_not_sent_again() {
        try (var silent = Receiver.answering(_ -> Reply.silence());
                var rude = Receiver.answering(_ -> Reply.hangUp())) {
            send(channel(request(silent.url("/").toString(), JSON, "{}")), session(Optional.empty(), "Alice"));
            send(channel(request(rude.url("/").toString(), JSON, "{}")), session(Optional.empty(), "Alice"));

            assertThat(results).hasSize(2).allSatisfy(result -> {
                assertThat(result.verdict()).isEqualTo(Verdict.PERHAPS);
                assertThat(result.outcome()).isEqualTo("provider_timeout");
                assertThat(result.shown()).isTrue();
            });
            assertThat(silent.count() + rude.count()).isEqualTo(2);
        }
    }

    @Test
    void what_was_not_sent_for_sure_moves_on() {
        var receiver = Receiver.counting();
        receiver.close();
        send(channel(request(receiver.url("/").toString(), JSON, "{}")), session(Optional.empty(), "Alice"));
        send(channel(request("http://10.0.0.1/", JSON, "{}")), session(Optional.empty(), "Alice"));
        send(channel(request("http://[", JSON, "{}")), session(Optional.empty(), "Alice"));

        assertThat(results)
                .extracting(AttemptResult::verdict, AttemptResult::outcome, AttemptResult::detail)
                .containsExactly(
                        tuple(Verdict.NEXT_CHANNEL, "provider_unreachable", "connection refused"),
                        tuple(
                                Verdict.NEXT_CHANNEL,
                                "provider_unreachable",
                                "address refused: it is private, local or reserved"),
                        tuple(Verdict.NEXT_CHANNEL, "provider_unreachable", "the request could not be made"));
    }

    @Test
    void the_id_by_which_the_provider_knows_a_message_is_kept_before_anybody_hears_of_it() {
        try (var receiver = Receiver.answering(_ -> Reply.status(200, "", "{\"messages\":[{\"id\":\"abc\"}]}"))) {
            var config = new HttpChannelConfig(
                    Sample.SMS,
                    request(receiver.url("/").toString(), "text/plain", "{code}"),
                    new Answers(SuccessRule.ANY_2XX, Optional.of("/messages/0/id"), Duration.ofSeconds(5)),
                    new Texts(Map.of()),
                    Optional.empty(),
                    Optional.empty());
            var session = session(Optional.empty(), "Alice");
            var listener = new AttemptListener() {
                @Override
                public boolean isWanted(SessionId session, int attempt) {
                    return true;
                }

                @Override
                public void onRinging(SessionId id, int attempt) {
                    throw new AssertionError("a message does not ring");
                }

                @Override
                public void onEnded(SessionId id, int attempt, AttemptResult result) {
                    assertThat(sent).hasSize(1);
                    results.add(result);
                }
            };
            send(
                    new HttpChannel(
                            config,
                            http,
                            new MessageAttempts(Sample.SMS, config.price(), Rates.FLAT, VAULT),
                            apps,
                            new HttpChannel.Ears(listener, sent::addAll, InstantSource.fixed(NOON))),
                    session);

            assertThat(sent).containsExactly(new SentMessages.Part(Sample.SMS, "abc", session.id(), 1, 1, NOON));
            assertThat(results).hasSize(1);
        }
    }

    @Test
    void fields_of_a_form_that_come_out_empty_are_left_out_and_documents_in_them_are_escaped_as_such() {
        try (var receiver = Receiver.answering(_ -> Reply.status(200))) {
            var form = Map.of(
                    "To",
                    "{to}",
                    "Say",
                    "<Say>{app}</Say>",
                    "Vars",
                    "{\"1\":\"{app}\"}",
                    "Lang",
                    "{language}",
                    "C",
                    "{code}");
            var request = new Request(
                    "POST",
                    receiver.url("/").toString(),
                    Map.of(),
                    new Content(Content.FORM, "", form),
                    Map.of(),
                    true);

            var code = send(channel(request), session(Optional.empty(), "A & \"B\""));

            assertThat(receiver.received().getFirst().body())
                    .isEqualTo("C=" + code + "&Say=%3CSay%3EA+%26amp%3B+%26quot%3BB%26quot%3B%3C%2FSay%3E"
                            + "&To=%2B447700900123&Vars=%7B%221%22%3A%22A+%26+%5C%22B%5C%22%22%7D");
        }
    }

    private String outcome(SuccessRule rule, String body) {
        try (var receiver = Receiver.answering(_ -> Reply.status(200, "", body))) {
            results.clear();
            send(
                    channel(request(receiver.url("/").toString(), JSON, "{}"), rule, new Texts(Map.of())),
                    session(Optional.empty(), "Alice"));
            return results.getFirst().outcome();
        }
    }

    /// Prepares and dispatches.
    ///
    /// @return the code
    private String send(HttpChannel channel, Session session) {
        var ready = (Preparation.Ready) channel.prepare(session, LAUNCH);
        channel.dispatch(session, ready.attempt(), ready.secret());
        return ready.secret().code();
    }

    private HttpChannel channel(Request request) {
        var texts = new Texts(Map.of("default", "{code} is your code", "de", "{code} ist Ihr Code für {app}."));
        return channel(request, SuccessRule.ANY_2XX, texts);
    }

    private HttpChannel channel(Request request, SuccessRule rule, Texts texts) {
        var config = new HttpChannelConfig(
                Sample.SMS,
                request,
                new Answers(rule, Optional.empty(), Duration.ofMillis(500)),
                texts,
                Optional.of(Price.parse("0.05 EUR")),
                Optional.empty());
        return new HttpChannel(
                config,
                http,
                new MessageAttempts(Sample.SMS, config.price(), Rates.FLAT, VAULT),
                apps,
                new HttpChannel.Ears(new Recorder(), sent::addAll, InstantSource.fixed(NOON)));
    }

    private static Request request(String url, String contentType, String body) {
        return new Request("POST", url, Map.of(), new Content(contentType, body), Map.of(), true);
    }

    private Session session(Optional<String> language, String title) {
        apps.title = title;
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
                        Optional.empty()),
                sample.terms(),
                sample.at(),
                Opening.Claims.NONE);
        return Session.start(opening).session();
    }

    private static final class OneApp implements Apps {

        private String title = "";

        @Override
        public Optional<App> find(AppId id) {
            return Optional.of(new App(id, title, Policy.DEFAULT, Map.of(), Access.DEFAULT, App.RiskGuard.DEFAULT));
        }

        @Override
        public List<App> list() {
            return List.of();
        }

        @Override
        public void save(App app) {
            title = app.title();
        }

        @Override
        public boolean delete(AppId id) {
            return false;
        }
    }

    private final class Recorder implements AttemptListener {

        @Override
        public boolean isWanted(SessionId session, int attempt) {
            return true;
        }

        @Override
        public void onRinging(SessionId session, int attempt) {
            throw new AssertionError("a message does not ring");
        }

        @Override
        public void onEnded(SessionId session, int attempt, AttemptResult result) {
            assertThat(attempt).isEqualTo(1);
            results.add(result);
        }
    }
}
