package io.flashcall.server.config;

import io.flashcall.server.config.EmailChannelConfig.Letter;
import io.flashcall.server.config.EmailChannelConfig.Login;
import io.flashcall.server.config.EmailChannelConfig.Relay;
import io.flashcall.server.config.EmailChannelConfig.Security;
import io.flashcall.verification.ChannelName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads an entry of `channels` of `type: email`.
final class EmailChannelReader {

    private static final Kind<String> HOST = Kind.matching(
            "the name or IP address of a mail server, without a port",
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*"));
    private static final Kind<Integer> PORT = Kind.between(1, 65_535);
    private static final Kind<Security> SECURITY = Kind.oneOf(
                    Arrays.stream(Security.values()).map(Security::label).toList())
            .map(label -> Security.valueOf(label.toUpperCase(Locale.ROOT)));
    private static final Kind<Mailbox> FROM = Kind.of(Mailbox.EXPECTED, Mailbox::parse);
    private static final Kind<String> LOGIN =
            new Kind<>("text that is not empty", EmailChannelReader::filled, _ -> "***");
    private static final Kind<Duration> TIMEOUT = Kind.between(Duration.ofMillis(100), Duration.ofSeconds(60));
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|::1");
    private static final String USUAL_SUBJECT = "Your code for {app}";

    private EmailChannelReader() {}

    static Optional<EmailChannelConfig> read(ChannelName name, Section section, Path directory) {
        var relay = relay(section, directory);
        var from = section.required("from", FROM);
        var letter = letter(section);
        var timeout = section.value("timeout", TIMEOUT, Duration.ofSeconds(10));
        var price = section.optional("price", Kind.PRICE);
        return relay.flatMap(
                known -> from.map(sender -> new EmailChannelConfig(name, known, sender, letter, timeout, price)));
    }

    private static Optional<Relay> relay(Section section, Path directory) {
        var host = section.required("host", HOST);
        var security = section.value("security", SECURITY, Security.STARTTLS);
        int port = section.value("port", PORT, security.usualPort());
        var login = login(section);
        var trust = section.optional("trust", Kind.PATH).map(directory::resolve);
        trust.filter(file -> !Files.isReadable(file))
                .ifPresent(_ -> section.refuse("trust", "a file that can be read"));
        boolean plain = section.value("allow_unprotected", Kind.FLAG, false);
        if (security == Security.NONE
                && !plain
                && host.filter(EmailChannelReader::isElsewhere).isPresent()) {
            section.tell(
                    "security",
                    "starttls or tls; none, with which anybody on the way reads the codes, only for a server on this"
                            + " machine, or with allow_unprotected: true");
        }
        if (security == Security.NONE && trust.isPresent()) {
            section.refuse("trust", "only with security tls or starttls");
        }
        return host.map(known -> new Relay(known, port, security, login, trust));
    }

    private static Optional<Login> login(Section section) {
        var user = section.optional("user", LOGIN);
        var password = section.optional("password", LOGIN);
        if (section.has("user") != section.has("password")) {
            section.tell(section.has("user") ? "password" : "user", "both user and password, or none");
        }
        return user.flatMap(known -> password.map(secret -> new Login(known, secret)));
    }

    private static Letter letter(Section section) {
        var subject = TextsReader.read(section, "subject", USUAL_SUBJECT, HttpChannelConfig.MESSAGE_VALUES);
        var text = TextsReader.read(section, "text", TextsReader.USUAL_MESSAGE, HttpChannelConfig.MESSAGE_VALUES);
        var html = section.has("html")
                ? Optional.of(TextsReader.read(section, "html", "", EmailChannelConfig.PAGE_VALUES))
                : Optional.<HttpChannelConfig.Texts>empty();
        return new Letter(subject, text, html);
    }

    private static boolean isElsewhere(String host) {
        return !LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static String filled(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    }
}
