package io.flashcall.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an app may be configured to; an instance that exists is valid.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PolicyTest {

    @Test
    void the_default_is_what_the_documents_say() {
        var policy = Policy.DEFAULT;
        assertThat(policy.codeLength().usual()).isEqualTo(4);
        assertThat(policy.timeToLive().usual()).isEqualTo(Duration.ofSeconds(120));
        assertThat(policy.checks().usual()).isEqualTo(3);
        assertThat(policy.sends().usual()).isEqualTo(3);
        assertThat(policy.channels()).containsExactly(new PlannedChannel(ChannelName.FLASH_CALL));
        assertThat(PlannedChannel.FLASH_CALL.time()).isEqualTo(Duration.ofSeconds(45));
        assertThat(App.RiskGuard.DEFAULT.mostGuessChance()).isEqualTo(0.01);
    }

    @Test
    void a_bound_allows_what_lies_within_it() {
        var bound = new Bounded<>(4, 4, 6);
        assertThat(List.of(4, 5, 6)).allMatch(bound::allows);
        assertThat(List.of(3, 7)).noneMatch(bound::allows);
        assertThat(Bounded.fixed(5).allows(5)).isTrue();
        assertThat(Bounded.fixed(5).allows(4)).isFalse();
    }

    @Test
    void a_default_lies_within_its_bounds() {
        refused(() -> new Bounded<>(3, 4, 6), "3 (expected: 4 to 6, least to most with the default between)");
        refused(() -> new Bounded<>(7, 4, 6), "7 (expected: 4 to 6");
        refused(() -> new Bounded<>(5, 6, 4), "5 (expected: 6 to 4");
    }

    @Test
    void a_policy_keeps_within_what_is_possible_at_all() {
        var usual = Policy.DEFAULT;
        refused(() -> policy(new Bounded<>(4, 3, 6), usual.checks(), usual.sends()), "code_length: 3 to 6 (expected:");
        refused(() -> policy(new Bounded<>(4, 4, 7), usual.checks(), usual.sends()), "code_length: 4 to 7");
        refused(() -> policy(usual.codeLength(), new Bounded<>(3, 0, 3), usual.sends()), "checks: 0 to 3");
        refused(() -> policy(usual.codeLength(), new Bounded<>(3, 1, 11), usual.sends()), "checks: 1 to 11");
        refused(() -> policy(usual.codeLength(), usual.checks(), new Bounded<>(3, 0, 3)), "sends: 0 to 3");
        refused(() -> policy(usual.codeLength(), usual.checks(), new Bounded<>(3, 1, 11)), "sends: 1 to 11");
        refused(() -> times(Duration.ofSeconds(9), Duration.ofSeconds(1)), "ttl: PT9S to PT9S");
        refused(() -> times(Duration.ofMinutes(61), Duration.ofSeconds(1)), "ttl: PT1H1M");
        refused(() -> times(Duration.ofMinutes(1), Duration.ofSeconds(31)), "ring_time: PT31S");
        refused(() -> times(Duration.ofMinutes(1), Duration.ofMillis(-1)), "ring_time: PT-0.001S");
    }

    @Test
    void a_policy_names_at_least_one_channel_and_each_once() {
        refused(() -> channels(List.of()), "channels: [] (expected: at least one, each once)");
        refused(() -> channels(List.of(PlannedChannel.FLASH_CALL, PlannedChannel.FLASH_CALL)), "channels: [");
    }

    @Test
    void a_channels_time_is_a_second_to_an_hour() {
        refused(
                () -> new PlannedChannel(ChannelName.FLASH_CALL, Duration.ofMillis(999)),
                "time of flash_call: PT0.999S (expected: 1s to 1h)");
        refused(() -> new PlannedChannel(ChannelName.FLASH_CALL, Duration.ofMinutes(61)), "time of flash_call: PT1H1M");
    }

    @Test
    void what_others_still_change_is_copied() {
        var channels = new ArrayList<>(List.of(PlannedChannel.FLASH_CALL));
        var policy = channels(channels);
        var purposes = new HashMap<>(Map.of("login", policy));
        var app = app(purposes);
        channels.clear();
        purposes.clear();
        assertThat(policy.channels()).hasSize(1);
        assertThat(app.purposes()).containsOnlyKeys("login");
    }

    @Test
    void a_purpose_has_its_own_policy_or_the_apps() {
        var strict = policy(Bounded.fixed(6), Bounded.fixed(1), Bounded.fixed(1));
        var app = app(Map.of("transaction", strict));
        assertThat(app.policyFor("transaction")).isEqualTo(strict);
        assertThat(app.policyFor("signup")).isEqualTo(Policy.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void a_guess_chance_is_a_chance(double chance) {
        refused(() -> new App.RiskGuard(chance, Optional.empty()), "max_guess_chance: " + chance);
    }

    @Test
    void a_limit_of_starts_allows_one_at_least() {
        refused(() -> new App.RiskGuard(0.01, Optional.of(0)), "starts_per_hour: 0 (expected: 1 or more)");
        assertThat(new App.RiskGuard(1, Optional.of(1)).startsPerHour()).contains(1);
    }

    @Test
    void a_default_region_is_two_letters() {
        refused(() -> new App.Access(Optional.of("gb"), List.of(), Optional.empty()), "default_region: gb (expected:");
        refused(() -> new App.Access(Optional.of("GBR"), List.of(), Optional.empty()), "default_region: GBR");
        assertThat(new App.Access(Optional.of("GB"), List.of(), Optional.empty()).defaultRegion())
                .contains("GB");
    }

    @Test
    void an_authorization_hook_answers_in_100_ms_to_10_s_and_hides_its_secret() {
        refused(() -> hook(Duration.ofMillis(99)), "deadline: PT0.099S (expected: 100ms to 10s)");
        refused(() -> hook(Duration.ofMillis(10_001)), "deadline: PT10.001S (expected: 100ms to 10s)");
        assertThat(hook(Duration.ofSeconds(1)).toString()).doesNotContain("whsec");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "shop!", "a234567890123456789012345678901234", "shop\n"})
    void names_are_short_and_plain(String name) {
        refused(() -> new AppId(name), "app: ");
        refused(() -> new ChannelName(name), "channel: ");
    }

    @Test
    void a_price_reads_as_it_is_written() {
        assertThat(Price.parse("0.004 EUR")).isEqualTo(new Price(new BigDecimal("0.004"), "EUR"));
        assertThat(Price.parse("0.004 EUR")).hasToString("0.004 EUR");
        assertThat(Price.parse("1E-3 EUR")).hasToString("0.001 EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.004", "EUR", "0.004EUR", "0.004 eur", "-1 EUR", "1,5 EUR", "0.004 EURO", " EUR"})
    void what_is_no_price_is_refused(String text) {
        refused(() -> Price.parse(text), "price: ");
    }

    @Test
    void a_final_status_is_any_but_pending() {
        assertThat(Status.values()).filteredOn(status -> !status.isFinal()).containsExactly(Status.PENDING);
        assertThat(Status.CANCELED.label()).isEqualTo("canceled");
    }

    private static void refused(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }

    private static Policy policy(Bounded<Integer> codeLength, Bounded<Integer> checks, Bounded<Integer> sends) {
        var usual = Policy.DEFAULT;
        return new Policy(codeLength, usual.timeToLive(), checks, sends, usual.channels(), usual.ringTime());
    }

    private static Policy times(Duration timeToLive, Duration ringTime) {
        var usual = Policy.DEFAULT;
        return new Policy(
                usual.codeLength(),
                Bounded.fixed(timeToLive),
                usual.checks(),
                usual.sends(),
                usual.channels(),
                Bounded.fixed(ringTime));
    }

    private static Policy channels(List<PlannedChannel> channels) {
        var usual = Policy.DEFAULT;
        return new Policy(
                usual.codeLength(), usual.timeToLive(), usual.checks(), usual.sends(), channels, usual.ringTime());
    }

    private static App.AuthorizationHook hook(Duration deadline) {
        return new App.AuthorizationHook("https://shop.example/hook", "whsec_c2VjcmV0", deadline, false);
    }

    private static App app(Map<String, Policy> purposes) {
        return new App(new AppId("shop"), "Shop", Policy.DEFAULT, purposes, App.Access.DEFAULT, App.RiskGuard.DEFAULT);
    }
}
