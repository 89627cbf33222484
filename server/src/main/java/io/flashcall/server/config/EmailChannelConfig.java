package io.flashcall.server.config;

import io.flashcall.server.config.HttpChannelConfig.Texts;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A mail server that takes our messages over SMTP (RFC 5321), and what they say.
///
/// @param name    the channel's
/// @param relay   the mail server
/// @param from    whom messages come from
/// @param letter  what the user reads
/// @param timeout for connecting, and for each answer of the server, 100 ms to 60 s
/// @param price   of one message
public record EmailChannelConfig(
        ChannelName name, Relay relay, Mailbox from, Letter letter, Duration timeout, Optional<Price> price)
        implements ChannelConfig {

    /// Values that a page may name besides those of a message: the subject and the text as they were filled in.
    public static final Set<String> PAGE_VALUES =
            Set.of("code", "app", "minutes", "spaced_code", "subject", "text", "language");

    /// @param security how the connection is kept from being read
    /// @param login    who we are; empty: the server wants to know nothing
    /// @param trust    PEM file of the certificates that may have signed the server's; empty: those of the machine
    public record Relay(String host, int port, Security security, Optional<Login> login, Optional<Path> trust) {}

    /// How a connection is protected. Where it is, the server's certificate must be for the host's name.
    public enum Security {
        /// From its first byte (RFC 8314).
        TLS(465),
        /// After a command (RFC 3207), without which nothing is sent.
        STARTTLS(587),
        /// Not at all.
        NONE(25);

        private final int usualPort;

        Security(int usualPort) {
            this.usualPort = usualPort;
        }

        /// Where such a server listens, as a rule.
        int usualPort() {
            return usualPort;
        }

        /// `tls`, `starttls` or `none`.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What the server knows us by.
    public record Login(String user, String password) {

        @Override
        public String toString() {
            return "Login[hidden]";
        }
    }

    /// @param subject of the message
    /// @param text    for readers that show no HTML
    /// @param html    for those that do; empty: a page of ours around subject, code and text
    public record Letter(Texts subject, Texts text, Optional<Texts> html) {}
}
