package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.server.channel.smpp.Smsc;
import io.flashcall.server.channel.smpp.Smsc.Reaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jsmpp.bean.SubmitSm;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Gate 3 of the product: the link to the SMSC is cut in the middle of 50 messages a second. A build takes 6 seconds
/// with two cuts; `-Dflashcall.gates=full` a minute with a cut every ten seconds.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SmppCutGateTest {

    private static final boolean FULL =
            System.getProperty("flashcall.gates", "small").equals("full");
    private static final int RATE = 50;
    private static final int SECONDS = FULL ? 60 : 6;
    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(FULL ? 10 : 2);
    private static final int ALL = RATE * SECONDS;

    // The SMSC takes its time, so that some messages are always under way.
    private static final Duration ANSWER = Duration.ofMillis(100);
    private static final Duration RECEIPT = Duration.ofMillis(700);

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final Collection<String> sessions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cuts = new AtomicInteger();

    @Test
    void each_message_ends_as_delivered_failed_or_unknown_and_none_is_sent_twice(@TempDir Path folder)
            throws IOException {
        var smscs = new CompletableFuture<Smsc>();
        try (var smsc = new Smsc((_, number) -> new Reaction.First(() -> take(smscs.join(), number)));
                var stage =
                        new Stage(folder, "by-number", "", "purposes: {pay: {channels: [text]}}, ", channel(smsc))) {
            smscs.complete(smsc);
            await().atMost(Duration.ofSeconds(10)).until(() -> !smsc.bound().isEmpty());
            send(stage);
            cut(smsc);
            await().atMost(Duration.ofSeconds(SECONDS + 30L)).until(() -> sessions.size() == ALL);

            Map<String, JsonNode> ended = new ConcurrentHashMap<>();
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> {
                                for (var id : sessions) {
                                    if (!ended.containsKey(id) && isSettled(attempt(stage, id))) {
                                        ended.put(id, attempt(stage, id));
                                    }
                                }
                                return ended.size();
                            },
                            size -> size == ALL);

            judge(smsc.submits, ended);
        } finally {
            clock.shutdownNow();
        }
    }

    private void send(Stage stage) {
        for (int i = 0; i < ALL; i++) {
            var wish = "{\"to\":\"+4474%08d\",\"purpose\":\"pay\"}".formatted(i);
            after(
                    Duration.ofMillis(i * 1_000L / RATE),
                    () -> sessions.add(stage.post("/v1/verifications", wish, 201)
                            .path("id")
                            .asString()));
        }
    }

    private void cut(Smsc smsc) {
        for (long at = BETWEEN_CUTS.toMillis(); at < SECONDS * 1_000L; at += BETWEEN_CUTS.toMillis()) {
            after(Duration.ofMillis(at), () -> {
                smsc.cut();
                cuts.incrementAndGet();
            });
        }
    }

    private void after(Duration delay, Runnable what) {
        try {
            var _ = clock.schedule(() -> Thread.startVirtualThread(what), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // The test is over.
        }
    }

    /// Takes a message a while to accept, and reports of it later.
    private void take(Smsc smsc, int number) {
        try {
            assertThat(new CountDownLatch(1).await(ANSWER.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        report(smsc, number, RECEIPT);
    }

    /// Until it is taken, as an SMSC does.
    private void report(Smsc smsc, int number, Duration in) {
        after(in, () -> {
            try {
                if (smsc.report("id:" + number + " sub:001 dlvrd:001 stat:DELIVRD err:000 text:") == 0) {
                    return;
                }
            } catch (AssertionError | RuntimeException _) {
                // There is no link just now.
            }
            report(smsc, number, Duration.ofMillis(200));
        });
    }

    /// Nothing more will be heard of it: it has a receipt, or it was not accepted.
    private static boolean isSettled(JsonNode attempt) {
        var outcome = attempt.path("outcome").asString("");
        return !outcome.isEmpty()
                && (!outcome.equals("accepted")
                        || !attempt.path("receipt").asString("").isEmpty());
    }

    private static JsonNode attempt(Stage stage, String id) {
        return stage.session(id).path("attempts").path(0);
    }

    private void judge(List<SubmitSm> submits, Map<String, JsonNode> ended) {
        var perPhone = submits.stream().collect(Collectors.groupingBy(SubmitSm::getDestAddress, Collectors.counting()));
        var outcomes = ended.values().stream()
                .map(SmppCutGateTest::word)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        System.out.println("GATE product 3: " + ALL + " messages at " + RATE + "/s, " + cuts + " cuts: " + outcomes
                + "; submitted to the SMSC: " + submits.size() + ", of these twice: "
                + perPhone.values().stream().filter(count -> count > 1).count());
        assertThat(perPhone.values()).as("submits of one message").allMatch(count -> count == 1);
        assertThat(outcomes.keySet()).isSubsetOf("delivered", "failed", "unknown");
        assertThat(outcomes.get("delivered")).isGreaterThan(ALL * 8L / 10);
        assertThat(outcomes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(ALL);
        assertThat(cuts).hasPositiveValue();
    }

    private static String word(JsonNode attempt) {
        var outcome = attempt.path("outcome").asString();
        return switch (outcome) {
            case "accepted" -> attempt.path("receipt").asString();
            case "unknown" -> "unknown";
            case "provider_unreachable" -> "failed";
            default -> "not one of the three: " + outcome;
        };
    }

    private static String channel(Smsc smsc) {
        return "text: {type: smpp, host: 127.0.0.1, port: " + smsc.port()
                + ", system_id: us, password: secret, source: Shop, window: 20, messages: \"{code}\"}";
    }
}
