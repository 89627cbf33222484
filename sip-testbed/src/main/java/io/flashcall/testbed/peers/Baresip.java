package io.flashcall.testbed.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One baresip on 127.0.0.1, without sound: a handset that rings, and tells what it saw; or a caller.
///
/// Safe for use by several threads. What it saw is kept from the first event on, so a test may wait for
/// something that has happened already.
public final class Baresip implements AutoCloseable {

    private static final Program PROGRAM = new Program("baresip", "baresip-core");
    private static final Duration READY = Duration.ofSeconds(20);

    /// It unregisters, and would wait longer for a registrar that does not answer.
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Path folder = PeerProcess.newFolder("baresip");
    private final HandsetHabit habit;
    private final Consumer<HandsetEvent> listener;
    private final String account;
    private @Nullable PeerProcess process;
    private @Nullable BaresipControl control;

    /// @param account the line of its file `accounts`
    Baresip(HandsetHabit habit, Consumer<HandsetEvent> listener, String account) {
        this.habit = habit;
        this.listener = listener;
        this.account = account;
    }

    /// Begins a description: say what it shall be, then [BaresipBuilder#start].
    public static BaresipBuilder builder() {
        return new BaresipBuilder();
    }

    /// What is installed, such as `baresip v1.0.0`.
    ///
    /// @throws IllegalStateException if nothing is
    public static String version() {
        Path file = PROGRAM.file();
        // It has no option that only tells the version, and -h ends with an error in some.
        String text = new Program("sh", "dash").run(Path.of("/"), List.of("-c", file + " -h 2>&1 || :"));
        return text.lines()
                .filter(line -> line.startsWith("baresip "))
                .findFirst()
                .map(line -> line.replaceAll(" Copyright.*", ""))
                .orElse("baresip of unknown version");
    }

    void start(int controlPort, Optional<CertificateFiles> identity, Duration life) {
        try {
            Path configuration = folder.resolve("config");
            PeerProcess.unpack("baresip.conf", configuration);
            List<String> more = new ArrayList<>();
            more.add("module_path " + modules());
            more.add("ctrl_tcp_listen 127.0.0.1:" + controlPort);
            // Any port: the handset tells the registrar which.
            more.add("sip_listen 127.0.0.1:0");
            if (identity.isPresent()) {
                more.add("sip_certificate " + inOneFile(identity.get()));
            }
            Files.write(configuration, more, StandardOpenOption.APPEND);
            Files.writeString(folder.resolve("accounts"), account);
            Files.writeString(folder.resolve("contacts"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // -s writes every message into the log.
        PeerProcess started = PeerProcess.start(PROGRAM, folder, life, List.of("-f", folder.toString(), "-s", "-v"));
        process = started;
        started.await("open its control port", READY, () -> connect(controlPort));
    }

    /// A configuration without this line looks for modules in the working directory, finds none, and says no
    /// word of it in its exit code.
    private static Path modules() {
        Path modules = PROGRAM.file().resolve("../../lib/baresip/modules").normalize();
        if (!Files.isRegularFile(modules.resolve("ctrl_tcp.so"))) {
            throw new IllegalStateException(
                    "no module ctrl_tcp.so in " + modules + " (expected: Debian's package baresip-core has it)");
        }
        return modules;
    }

    private Path inOneFile(CertificateFiles identity) throws IOException {
        Path file = folder.resolve("identity.pem");
        Files.writeString(file, Files.readString(identity.certificate()) + Files.readString(identity.key()));
        return file;
    }

    private boolean connect(int port) {
        try {
            control = BaresipControl.connect(port, this::onEvent);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void onEvent(HandsetEvent event) {
        listener.accept(event);
        if (!event.type().equals("CALL_INCOMING")) {
            return;
        }
        switch (habit) {
            case HandsetHabit.Ring() -> {}
            case HandsetHabit.Answer(Duration ringing) -> later(ringing, this::answer);
            case HandsetHabit.Reject(Duration ringing) -> later(ringing, this::hangUp);
        }
    }

    private static void later(Duration delay, Runnable action) {
        Thread.ofVirtual().name("thumb").start(() -> {
            try {
                Thread.sleep(delay);
                action.run();
            } catch (InterruptedException | IllegalStateException | UncheckedIOException _) {
                // The call is over, or the handset.
            }
        });
    }

    /// Answers the call that rings.
    public void answer() {
        control().command("accept", "");
    }

    /// Ends its call: with CANCEL what it dialled, with 486 what rings, with BYE what was answered.
    public void hangUp() {
        control().command("hangup", "");
    }

    /// Calls somebody, through its registrar.
    ///
    /// @param whom a number or a URI
    public void dial(String whom) {
        control().command("dial", whom);
    }

    /// Any of its commands, such as `reginfo` or `listcalls`; what it printed.
    public String command(String name, String parameters) {
        return control().command(name, parameters);
    }

    /// Waits until its registrar has accepted it.
    ///
    /// @throws IllegalStateException if it has not by then: with what it saw, and its log
    public void awaitRegistered(Duration most) {
        await("register", most, () -> command("reginfo", "").contains("OK "));
    }

    /// Waits for a call that rings here, from the first on.
    ///
    /// @param from the number that it shows, the user part of From
    public HandsetEvent awaitRinging(String from, Duration most) {
        return await(
                "ring from " + from,
                most,
                event ->
                        event.type().equals("CALL_INCOMING") && event.peerUser().equals(from));
    }

    /// Waits until a call that rang here is over without an answer, and was not ended here: a missed call.
    ///
    /// @param from the number that it showed
    public HandsetEvent awaitMissed(String from, Duration most) {
        return await(
                "miss a call from " + from,
                most,
                event -> event.type().equals("CALL_CLOSED")
                        && event.incoming()
                        && event.peerUser().equals(from)
                        && !event.detail().contains("by user")
                        && !wasAnswered(event.callId()));
    }

    /// Whether it answered this call, or its own was answered.
    public boolean wasAnswered(String callId) {
        return events().stream()
                .anyMatch(event -> event.type().equals("CALL_ESTABLISHED")
                        && event.callId().equals(callId));
    }

    /// Waits for the first event like this.
    ///
    /// @param what the end of the sentence "it did not ...", for the exception
    /// @throws IllegalStateException if none came by then: with what it saw, and its log
    public HandsetEvent await(String what, Duration most, Predicate<HandsetEvent> wanted) {
        await(what, most, () -> first(wanted).isPresent());
        return first(wanted).orElseThrow();
    }

    private void await(String what, Duration most, BooleanSupplier condition) {
        try {
            process().await(what, most, condition);
        } catch (IllegalStateException e) {
            throw new IllegalStateException("it saw " + events() + "\n" + e.getMessage(), e);
        }
    }

    private Optional<HandsetEvent> first(Predicate<HandsetEvent> wanted) {
        return events().stream().filter(wanted).findFirst();
    }

    /// Everything it saw, oldest first.
    public List<HandsetEvent> events() {
        return control().events();
    }

    /// The end of what it said, with every message it sent and received; for the message of a failing test.
    public String log() {
        return process == null ? "" : process.log();
    }

    private BaresipControl control() {
        if (control == null) {
            throw new IllegalStateException("baresip was never started");
        }
        return control;
    }

    private PeerProcess process() {
        if (process == null) {
            throw new IllegalStateException("baresip was never started");
        }
        return process;
    }

    /// Ends it, and removes its files. It unregisters first.
    @Override
    public void close() {
        if (control != null) {
            control.close();
        }
        if (process != null) {
            process.end(GOODBYE);
        }
        PeerProcess.removeFolder(folder);
    }
}
