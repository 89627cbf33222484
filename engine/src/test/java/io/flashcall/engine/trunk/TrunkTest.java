package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.GuardPolicy.Limits;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.StirConfig.Attestation;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.identity.StirFiles;
import io.flashcall.engine.transport.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TrunkTest {

    private static final long NOW = 1_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void calls_of_before_count_against_the_new_number_of_channels() throws IOException {
        var before = trunk(config("192.0.2.1:5060", 2, 10));
        assertThat(before.acquireChannel()).isTrue();
        var after = successor(before, config("192.0.2.1:5060", 2, 10));
        assertThat(after.acquireChannel()).isTrue();
        assertThat(after.acquireChannel()).as("a third").isFalse();
        before.releaseChannel();
        assertThat(after.acquireChannel()).isTrue();
        assertThat(after.channelsInUse()).isEqualTo(2);
        assertThat(after.liveCalls()).isEqualTo(2);
        assertThat(before.liveCalls()).isZero();
    }

    @Test
    void one_that_leaves_takes_no_call_and_is_done_after_the_last() {
        var trunk = trunk(config("192.0.2.1:5060", 2, 10));
        assertThat(trunk.acquireChannel()).isTrue();
        trunk.leave();
        assertThat(trunk.acquireChannel()).isFalse();
        assertThat(trunk.isDone()).isFalse();
        trunk.releaseChannel();
        assertThat(trunk.isDone()).isTrue();
        assertThat(trunk.channelsInUse()).isZero();
    }

    @Test
    void turns_that_are_taken_stay_taken_at_another_pace() throws IOException {
        var before = trunk(config("192.0.2.1:5060", 2, 2));
        assertThat(before.pace().reserve(NOW)).isEqualTo(NOW);
        assertThat(before.pace().reserve(NOW)).isEqualTo(NOW + SECOND / 2);
        var after = successor(before, config("192.0.2.1:5060", 2, 4));
        assertThat(after.pace().reserve(NOW)).isEqualTo(NOW + SECOND);
        assertThat(after.pace().reserve(NOW)).isEqualTo(NOW + SECOND + SECOND / 4);
    }

    @Test
    void hosts_of_the_past_are_listened_to_however_often_the_name_leads_elsewhere() {
        var trunk = trunk(config("carrier.example", 2, 10));
        for (int i = 1; i <= 4; i++) {
            var host = new Target(new InetSocketAddress("192.0.2." + i, 5060), SipTransport.UDP, 1, 1);
            trunk.targets(new TargetSet(List.of(host)));
        }
        assertThat(trunk.sources().contains(Endpoint.of(new InetSocketAddress("192.0.2.1", 5060))))
                .isTrue();
        assertThat(trunk.sources().contains(Endpoint.of(new InetSocketAddress("192.0.2.5", 5060))))
                .isFalse();
    }

    @Test
    void a_name_that_was_found_is_known_to_the_successor() throws IOException {
        var before = trunk(config("carrier.example", 2, 10));
        var host = new Target(new InetSocketAddress("192.0.2.7", 5060), SipTransport.UDP, 1, 1);
        before.targets(new TargetSet(List.of(host)));
        assertThat(successor(before, config("carrier.example", 3, 10)).targets().targets())
                .containsExactly(host);
        assertThat(successor(before, config("other.example", 2, 10)).targets().targets())
                .isEmpty();
    }

    @Test
    void that_the_carrier_refuses_our_credentials_holds_until_they_are_others() throws IOException {
        var before = trunk(withPassword("one"));
        before.secrets(TrunkSecrets.load(before.config()));
        before.onRejected();
        assertThat(successor(before, withPassword("one")).isRejected()).isTrue();
        assertThat(successor(before, withPassword("two")).isRejected()).isFalse();
    }

    @Test
    void secrets_are_others_when_a_file_holds_something_else() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "one\n");
        var config = withCredentials(new Password.InFile(file));
        var first = TrunkSecrets.load(config);
        assertThat(TrunkSecrets.load(config).isSame(first)).isTrue();
        Files.writeString(file, "two\n");
        assertThat(TrunkSecrets.load(config).isSame(first)).isFalse();
        assertThat(first).hasToString("TrunkSecrets[***]");
    }

    @Test
    void a_password_file_that_is_empty_or_missing_is_named_with_its_trunk() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "\n");
        var config = withCredentials(new Password.InFile(file));
        assertThatIOException()
                .isThrownBy(() -> TrunkSecrets.load(config))
                .withMessage("trunk " + config.name() + ": password_file: " + file
                        + ": empty (expected: a file with the password)");
        Files.delete(file);
        assertThatIOException().isThrownBy(() -> TrunkSecrets.load(config)).withMessageContaining(file + ": not found");
    }

    @Test
    void the_key_that_signs_is_a_secret_too() throws IOException {
        var file = folder.resolve("key.pem");
        var plain = config("192.0.2.1:5060", 2, 10);
        var config = plain.withOptions(plain.options().withStir(StirFiles.newKey(file)));
        var first = TrunkSecrets.load(config);
        assertThat(TrunkSecrets.load(config).isSame(first)).isTrue();
        StirFiles.newKey(file);
        var second = TrunkSecrets.load(config);
        assertThat(second.isSame(first)).isFalse();
        var trunk = trunk(config);
        trunk.secrets(first);
        trunk.secrets(second);
        assertThat(trunk.identity().signer())
                .isSameAs(second.signer().orElseThrow())
                .isNotSameAs(first.signer().orElseThrow());
    }

    @Test
    void a_key_file_that_cannot_be_used_is_named() throws IOException {
        var file = Files.writeString(folder.resolve("key.pem"), "no key");
        var plain = config("192.0.2.1:5060", 2, 10);
        var stir = new StirConfig(Attestation.A, file, StirFiles.X5U, StirFiles.ORIGID);
        assertThatIOException()
                .isThrownBy(() ->
                        TrunkSecrets.load(plain.withOptions(plain.options().withStir(stir))))
                .withMessageStartingWith("trunk carrier: stir.private_key: " + file + ": no private key in it")
                .withMessageContaining("(expected: a PEM file with an unencrypted P-256 private key");
    }

    @Test
    void a_rest_that_the_carrier_asked_for_is_the_successors_too_but_not_anothers() throws IOException {
        var before = trunk(config("192.0.2.1:5060", 2, 10));
        before.gate().backOff().rest(NOW + SECOND, NOW);
        assertThat(refusal(successor(before, config("192.0.2.1:5060", 3, 10)))).isEqualTo(Reason.BACKING_OFF);
        assertThat(refusal(successor(before, config("192.0.2.2:5060", 2, 10)))).isNull();
    }

    @Test
    void a_rest_outlasts_a_reload_and_a_look_up_that_finds_the_same_hosts() throws IOException {
        var before = trunk(config("carrier.example", 2, 10));
        var host = new Target(new InetSocketAddress("192.0.2.7", 5060), SipTransport.UDP, 1, 1);
        before.targets(new TargetSet(List.of(host)));
        before.gate().backOff().rest(NOW + SECOND, NOW);
        var after = successor(before, config("carrier.example", 3, 10));
        var again = new Target(new InetSocketAddress("192.0.2.7", 5060), SipTransport.UDP, 1, 1);
        after.targets(new TargetSet(List.of(again)));
        assertThat(refusal(after)).isEqualTo(Reason.BACKING_OFF);
        assertThat(refusal(before)).isEqualTo(Reason.BACKING_OFF);
        var other = new Target(new InetSocketAddress("192.0.2.8", 5060), SipTransport.UDP, 1, 1);
        after.targets(new TargetSet(List.of(other)));
        assertThat(refusal(after)).isNull();
    }

    @Test
    void a_guard_that_is_closed_stays_closed_unless_it_is_another_guard() throws IOException {
        var before = trunk(guarded(50, 2));
        for (int i = 0; i < 10; i++) {
            before.gate().guard().onEnd(true, 0, NOW, NOW);
        }
        assertThat(refusal(successor(before, guarded(50, 3)))).isEqualTo(Reason.GUARDED);
        assertThat(refusal(successor(before, guarded(60, 2)))).isNull();
    }

    private static @Nullable Reason refusal(Trunk trunk) {
        return trunk.gate().refusal(0, NOW, new SplittableRandom(1));
    }

    private static TrunkConfig guarded(int mostAnswered, int channels) {
        var plain = config("192.0.2.1:5060", channels, 10);
        var guards = new GuardPolicy(
                new Limits(OptionalInt.of(mostAnswered), OptionalInt.empty(), OptionalInt.empty()),
                Duration.ofSeconds(6),
                Duration.ofMinutes(1),
                10,
                Duration.ofSeconds(30),
                5);
        return plain.withOptions(plain.options().withGuards(guards));
    }

    private static Trunk trunk(TrunkConfig config) {
        return new Trunk(0, config, NOW);
    }

    private static Trunk successor(Trunk before, TrunkConfig next) throws IOException {
        return before.successor(1, next, TrunkSecrets.load(next), NOW);
    }

    private static TrunkConfig withPassword(String password) {
        return withCredentials(new Password.Text(password));
    }

    private static TrunkConfig withCredentials(Password password) {
        var plain = config("192.0.2.1:5060", 2, 10);
        var peer = plain.peer().withCredentials(new Credentials("us", password));
        return new TrunkConfig(plain.name(), peer, plain.callerIds(), plain.numbers(), plain.calls());
    }

    private static TrunkConfig config(String target, int channels, int pace) {
        return new TrunkConfig(
                "carrier",
                PeerConfig.at(SipTarget.parse(target)),
                new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true),
                NumberPolicy.PLUS_E164,
                new CallPolicy(new Only180(), Duration.ofSeconds(1), Duration.ofSeconds(12), channels, pace));
    }
}
