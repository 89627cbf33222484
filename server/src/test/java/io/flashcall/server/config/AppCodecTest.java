package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flashcall.verification.App;
import io.flashcall.verification.App.Access;
import io.flashcall.verification.App.AuthorizationHook;
import io.flashcall.verification.App.RiskGuard;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Bounded;
import io.flashcall.verification.Budget;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Price;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AppCodecTest {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

    private final AppCodec codec = new AppCodec();

    @Test
    void an_id_is_enough() {
        assertThat(codec.read("{\"id\": \"shop\"}"))
                .isEqualTo(new App(
                        new AppId("shop"), "shop", Policy.DEFAULT, Map.of(), Access.DEFAULT, RiskGuard.DEFAULT));
    }

    @Test
    void what_was_written_is_read_as_the_same() {
        var app = full();

        assertThat(codec.read(codec.write(app))).isEqualTo(app);
        assertThat(codec.write(app)).doesNotContain("\n");
    }

    @Test
    void json_and_yaml_mean_the_same() {
        var yaml = codec.read("""
                id: shop
                title: "Shop \\"Ж\\""
                default_region: GB
                code_length: {default: 5, min: 4, max: 6}
                ttl: 2m
                channels: [flash_call, {name: sms, time: 1m}]
                purposes:
                  login: {checks: 2}
                """);

        assertThat(codec.read("""
                {"id":"shop","title":"Shop \\"\\u0416\\"","default_region":"GB","starts_per_hour":null,
                 "code_length":{"default":5,"min":4,"max":6},"ttl":"120s",
                 "channels":["flash_call",{"name":"sms","time":"60s"}],"purposes":{"login":{"checks":2}}}""")).isEqualTo(yaml);
        assertThat(yaml.policy().channels())
                .containsExactly(
                        PlannedChannel.FLASH_CALL, new PlannedChannel(new ChannelName("sms"), Duration.ofMinutes(1)));
    }

    @Test
    void a_budget_is_written_as_it_is_configured() {
        var app = codec.read("{\"id\": \"shop\", \"budget\": {\"day\": \"50 EUR\", \"warn_at\": 75}}");

        assertThat(app.guard().budget())
                .isEqualTo(new Budget(Optional.of(Price.parse("50 EUR")), Optional.empty(), 75));
        assertThat(codec.write(app)).contains("\"budget\":{\"day\":\"50 EUR\",\"warn_at\":75}");
        assertThat(codec.read(codec.write(app))).isEqualTo(app);
    }

    @Test
    void a_single_value_allows_no_other_and_bounds_may_be_given_in_part() {
        var policy = codec.read("{id: shop, code_length: 5, checks: {default: 2}, sends: {max: 4}}")
                .policy();

        assertThat(policy.codeLength()).isEqualTo(Bounded.fixed(5));
        assertThat(policy.checks()).isEqualTo(new Bounded<>(2, 1, 5));
        assertThat(policy.sends()).isEqualTo(new Bounded<>(3, 1, 4));
    }

    @Test
    void a_purpose_inherits_from_the_app_what_it_does_not_say() {
        var app = codec.read("{id: shop, code_length: 5, ring_time: 2s, purposes: {login: {checks: 2}, signup: {}}}");

        assertThat(app.policyFor("login").checks()).isEqualTo(Bounded.fixed(2));
        assertThat(app.policyFor("login").codeLength()).isEqualTo(Bounded.fixed(5));
        assertThat(app.policyFor("signup")).isEqualTo(app.policy());
        assertThat(codec.write(app)).contains("\"purposes\":{\"login\":{\"checks\":2},\"signup\":{}}");
    }

    @Test
    void every_problem_is_told_at_once() {
        var problem = problem("""
                id: The Shop
                titl: Shop
                code_length: {default: 7, min: 4}
                ttl: {default: 5m, max: 1m}
                checks: 11
                channels: [flash_call, {name: SMS}, [sms]]
                default_region: UK
                cors_origins: [https://shop.example/]
                authorization: {url: ftp://shop.example, secret: whsec_abc, deadline: 1ms}
                max_guess_chance: 0
                purposes:
                  log-in: {ring_time: 31s}
                """);

        assertThat(problem.getMessage()).isEqualTo("""
                app: 15 problems
                  line 1: id: The Shop (expected: an app's id, 1 to 32 of a-z 0-9 - _)
                  line 2: titl: unknown key (did you mean title?)
                  line 3: code_length.default: 7 (expected: 4 to 6)
                  line 4: ttl: {default: 5m, max: 1m} (expected: min, default and max in rising order, also with those that are inherited)
                  line 5: checks: 11 (expected: 1 to 10)
                  line 6: channels[1].name: SMS (expected: a channel's name, 1 to 32 of a-z 0-9 _)
                  line 6: channels[2]: [sms] (expected: names of channels, or {name: NAME, time: DURATION})
                  line 7: default_region: UK (expected: two letters of a region (ISO 3166), such as GB)
                  line 8: cors_origins[0]: https://shop.example/ (expected: an origin such as https://shop.example, without a path)
                  line 9: authorization.url: ftp://shop.example (expected: a URL, https://HOST/PATH or http://HOST/PATH, without a user or fragment)
                  line 9: authorization.secret: *** (expected: whsec_ and the Base64 of 24 to 64 random bytes)
                  line 9: authorization.deadline: 1ms (expected: 100ms to 10s)
                  line 10: max_guess_chance: 0 (expected: above 0, at most 1, such as 0.01)
                  line 12: purposes.log-in: log-in (expected: a purpose, 1 to 32 of a-z 0-9 _)
                  line 12: purposes.log-in.ring_time: 31s (expected: 0s to 30s)""");
        assertThat(problem.problems()).hasSize(15).anySatisfy(one -> {
            assertThat(one.key()).isEqualTo("checks");
            assertThat(one.line()).isEqualTo(5);
            assertThat(one.text()).isEqualTo("11 (expected: 1 to 10)");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | line 1: id: missing (expected: an app's id, 1 to 32 of a-z 0-9 - _)",
                "[] | line 1: file: a list (expected: keys and values)",
                "{\"id\": \"shop\", \"checks\": } | line 1: JSON: ",
                "{\"id\": \"shop\", \"id\": \"shop\"} | line 1: id: given twice, first on line 1 (expected: once)",
                "{\"id\": \"shop\", \"channels\": []} | line 1: channels: [] (expected: at least one)",
                "{\"id\": \"shop\", \"channels\": [\"sms\", \"sms\"]} | line 1: channels: [sms, sms] (expected: at least one, each once)",
                "{\"id\": \"shop\", \"purposes\": 5} | line 1: purposes: 5 (expected: keys and values)"
            })
    void a_text_that_is_no_app_is_refused(String text, String complaint) {
        assertThat(problem(text).getMessage()).contains(complaint);
    }

    @Test
    void a_hostile_text_costs_no_more_than_a_complaint() {
        var deep = "{\"id\": " + "[".repeat(100_000);
        var wide = "{\"id\": \"shop\", \"max_guess_chance\": 1e-999999999, \"ttl\": \"" + "9".repeat(10_000) + "s\"}";

        assertThat(problem(deep).getMessage()).startsWith("app: 1 problem").hasSizeLessThan(500);
        assertThat(problem(wide).getMessage()).startsWith("app: 2 problems").hasSizeLessThan(1_000);
    }

    @Test
    void a_text_from_the_network_reads_no_environment_variable() {
        assertThat(codec.read("{\"id\": \"shop\", \"title\": \"${PATH}\"}").title())
                .isEqualTo("${PATH}");
    }

    @Test
    void people_see_no_secret() {
        assertThat(codec.writeMasked(full())).contains("\"secret\":\"***\"").doesNotContain(SECRET);
    }

    private static App full() {
        var policy = new Policy(
                new Bounded<>(5, 4, 6),
                new Bounded<>(Duration.ofSeconds(90), Duration.ofSeconds(10), Duration.ofHours(1)),
                new Bounded<>(2, 1, 3),
                Bounded.fixed(2),
                List.of(
                        new PlannedChannel(ChannelName.FLASH_CALL, Duration.ofSeconds(20)),
                        new PlannedChannel(new ChannelName("sms"))),
                new Bounded<>(Duration.ofMillis(1500), Duration.ZERO, Duration.ofNanos(8_000_000_001L)));
        var hook = new AuthorizationHook("https://shop.example/allow?a=b", SECRET, Duration.ofMillis(700), true);
        return new App(
                new AppId("shop"),
                "Shop \"Ж\" \\ 🛒",
                policy,
                Map.of("login", Policy.DEFAULT, "signup", policy),
                new Access(
                        Optional.of("GB"), List.of("https://shop.example", "http://localhost:3000"), Optional.of(hook)),
                new RiskGuard(0.002, Optional.of(1000)));
    }

    private ConfigFileException problem(String text) {
        var exception = catchThrowableOfType(ConfigFileException.class, () -> codec.read(text));
        assertThat(exception).as("a problem").isNotNull();
        return exception;
    }
}
