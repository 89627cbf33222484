package io.flashcall.testbed.peers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Says what a handset shall be. Without a word it registers nowhere and rings until the caller hangs up.
///
/// Used by one thread, once.
public final class BaresipBuilder {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9+._-]{1,64}");

    private final List<String> account = new ArrayList<>();

    private String uri = "sip:nobody@127.0.0.1";
    private int registrationSeconds;
    private Optional<CertificateFiles> identity = Optional.empty();
    private HandsetHabit habit = new HandsetHabit.Ring();
    private Consumer<HandsetEvent> listener = event -> {};
    private Duration life = Duration.ofMinutes(10);

    BaresipBuilder() {}

    /// Registers there, and calls through there. Digest by MD5 is all that baresip 1.0 can do.
    ///
    /// @param user the user part of its address, and the user name of the digest
    /// @param registrar as [Kamailio#address] tells
    public BaresipBuilder registered(String user, String password, InetSocketAddress registrar, Transport transport) {
        uri = "sip:" + plain("user", user) + "@127.0.0.1:" + registrar.getPort() + ";transport="
                + transport.parameter();
        account.add("auth_pass=" + plain("password", password));
        registrationSeconds = 60;
        return this;
    }

    /// How often it registers again, 60 s unless told. A short time lets it come back soon after a restart of
    /// Kamailio.
    ///
    /// @param interval two seconds or more
    public BaresipBuilder registeringEvery(Duration interval) {
        if (interval.toSeconds() < 2) {
            throw new IllegalArgumentException("registeringEvery: " + interval + " (expected: two seconds or more)");
        }
        registrationSeconds = (int) interval.toSeconds();
        return this;
    }

    /// Does not register after all, and only calls: after [#registered], which says through whom.
    public BaresipBuilder notRegistering() {
        registrationSeconds = 0;
        return this;
    }

    /// Rings, and then answers. One call at a time: baresip answers the newest.
    public BaresipBuilder answeringAfter(Duration ringing) {
        habit = new HandsetHabit.Answer(ringing);
        return this;
    }

    /// Rings, and then rejects with 486. One call at a time.
    public BaresipBuilder rejectingAfter(Duration ringing) {
        habit = new HandsetHabit.Reject(ringing);
        return this;
    }

    /// Shows this certificate over TLS. Whom it connects to it does not verify: baresip 1.0 trusts everybody.
    public BaresipBuilder identity(CertificateFiles files) {
        identity = Optional.of(files);
        return this;
    }

    /// One more parameter of the account, such as `rel100=required` for a version that has it. baresip 1.0
    /// has neither 100rel nor session timers, and passes over what it does not know.
    public BaresipBuilder parameter(String parameter) {
        account.add(parameter);
        return this;
    }

    /// Tells each event as it comes, on the thread that reads them.
    public BaresipBuilder telling(Consumer<HandsetEvent> listener) {
        this.listener = listener;
        return this;
    }

    /// After which time it ends by itself, ten minutes unless told.
    public BaresipBuilder life(Duration life) {
        this.life = life;
        return this;
    }

    /// Starts it; it takes commands when this returns, and is on its way to register.
    ///
    /// @throws IllegalStateException if it is not installed, or does not start: with its log
    public Baresip start() {
        // Kamailio counts in whole seconds: what is renewed at nine tenths of a short time is gone before it.
        account.add("regint=" + 2 * registrationSeconds);
        account.add("rwait=50");
        account.add("answermode=manual");
        String line = "<" + uri + ">;" + String.join(";", account) + "\n";
        Baresip handset = new Baresip(habit, listener, line);
        try {
            handset.start(FreePorts.find(1)[0], identity, life);
        } catch (RuntimeException e) {
            handset.close();
            throw e;
        }
        return handset;
    }

    private static String plain(String what, String value) {
        if (!PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + ": '" + value + "' (expected: 1 to 64 characters of " + PLAIN.pattern() + ")");
        }
        return value;
    }
}
