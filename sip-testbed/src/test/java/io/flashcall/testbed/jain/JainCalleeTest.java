package io.flashcall.testbed.jain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.RawCaller;
import io.flashcall.testbed.jain.CalleeOptions.Answering;
import io.flashcall.testbed.wire.SipMessage;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Both stacks as callees, called by hand.
@DisplayNameGeneration(ReplaceUnderscores.class)
class JainCalleeTest {

    @ParameterizedTest
    @EnumSource(Stack.class)
    void it_rings_and_a_CANCEL_brings_487(Stack stack) {
        try (JainCallee callee = JainCallee.start(stack, CalleeOptions.of(Answering.RING));
                RawCaller caller = new RawCaller(callee.address())) {
            caller.invite();
            caller.await(180);
            caller.cancel();
            assertThat(caller.await(200).cseqMethod()).isEqualTo("CANCEL");
            SipMessage terminated = caller.await(487);
            caller.ackFailure(terminated);
            assertThat(callee.counters().invites()).isEqualTo(1);
            assertThat(callee.counters().cancels()).isEqualTo(1);
            assertThat(callee.counters().up()).isZero();
            assertThat(callee.counters().faults()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void an_answer_that_crosses_the_CANCEL_needs_ACK_and_BYE(Stack stack) {
        try (JainCallee callee = JainCallee.start(stack, CalleeOptions.of(Answering.ANSWER_ON_CANCEL));
                RawCaller caller = new RawCaller(callee.address())) {
            caller.invite();
            caller.await(180);
            caller.cancel();
            SipMessage answer = caller.await(200);
            while (!answer.cseqMethod().equals("INVITE")) {
                answer = caller.await(200);
            }
            assertThat(callee.counters().up()).isEqualTo(1);
            caller.inDialog("ACK", 1, answer);
            caller.inDialog("BYE", 2, answer);
            await().until(() -> callee.counters().up() == 0);
            assertThat(callee.counters().acks()).isEqualTo(1);
            assertThat(callee.counters().faults()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void it_answers_is_busy_or_declines(Stack stack) {
        expect(stack, Answering.RING_THEN_ANSWER, 200);
        expect(stack, Answering.ANSWER_AT_ONCE, 200);
        expect(stack, Answering.BUSY, 486);
        expect(stack, Answering.DECLINE, 603);
    }

    private static void expect(Stack stack, Answering answering, int status) {
        try (JainCallee callee = JainCallee.start(stack, CalleeOptions.of(answering));
                RawCaller caller = new RawCaller(callee.address())) {
            caller.invite();
            assertThat(caller.await(status).status()).isEqualTo(status);
        }
    }

    @Test
    void both_stacks_run_side_by_side_and_are_not_on_the_class_path_of_users() {
        try (JainCallee nist = JainCallee.start(Stack.NIST, CalleeOptions.of(Answering.BUSY));
                JainCallee jitsi = JainCallee.start(Stack.JITSI, CalleeOptions.of(Answering.BUSY));
                RawCaller one = new RawCaller(nist.address());
                RawCaller other = new RawCaller(jitsi.address())) {
            one.invite();
            other.invite();
            one.await(486);
            other.await(486);
        }
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void closing_frees_the_port_and_ends_the_threads(Stack stack) throws Exception {
        JainCallee callee = JainCallee.start(stack, CalleeOptions.of(Answering.BUSY));
        callee.close();
        callee.close();
        // A socket is gone only when the thread that reads it has noticed.
        await().ignoreExceptions().until(() -> {
            try (DatagramSocket again = new DatagramSocket(callee.address())) {
                return again.isBound();
            }
        });
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getThreadGroup() != null
                        && thread.getThreadGroup().getName().startsWith(stack + "-")));
    }

    @Test
    void a_jar_within_a_jar_serves_as_well(@TempDir Path folder) throws Exception {
        Path classes = Path.of(JainCallee.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = folder.resolve("testbed.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        try (URLClassLoader alone = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Class<?> callees = alone.loadClass(JainCallee.class.getName());
            Class<?> options = alone.loadClass(CalleeOptions.class.getName());
            Class<?> answering = alone.loadClass(Answering.class.getName());
            Class<?> stacks = alone.loadClass(Stack.class.getName());
            Object busy = options.getMethod("of", answering)
                    .invoke(null, answering.getField("BUSY").get(null));
            Object callee = callees.getMethod("start", stacks, options)
                    .invoke(null, stacks.getField("JITSI").get(null), busy);
            try (RawCaller caller = new RawCaller(
                    (InetSocketAddress) callees.getMethod("address").invoke(callee))) {
                caller.invite();
                caller.await(486);
            }
            callees.getMethod("close").invoke(callee);
        }
    }
}
