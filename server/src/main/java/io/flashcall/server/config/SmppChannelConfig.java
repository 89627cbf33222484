package io.flashcall.server.config;

import io.flashcall.server.config.HttpChannelConfig.Texts;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// A provider of SMS that takes messages over SMPP 3.4, and reports of them.
///
/// @param name   the channel's
/// @param server where the provider's SMSC is, and who we are to it
/// @param parties between whom messages go
/// @param pace   how fast, and how patient
/// @param format how messages are written
/// @param price  of one part of a message
public record SmppChannelConfig(
        ChannelName name, Server server, Parties parties, Pace pace, Format format, Optional<Price> price)
        implements ChannelConfig {

    /// @param host  name or IP address
    /// @param tls   whether the connection is encrypted; the certificate must then be for `host`
    /// @param trust PEM file of the certificates that may have signed the server's; empty: those of the machine
    public record Server(String host, int port, boolean tls, Optional<Path> trust, Login login) {}

    /// @param systemId   at most 15 characters
    /// @param password   at most 8 characters by the specification; some SMSCs take more
    /// @param systemType at most 12 characters, mostly empty
    public record Login(String systemId, String password, String systemType) {

        @Override
        public String toString() {
            return "Login[hidden]";
        }
    }

    /// @param source         whom messages come from
    /// @param sourceKind     how that is to be understood
    /// @param destinationKind the same of the user's number, which is written with its country code and without `+`
    public record Parties(String source, AddressKind sourceKind, AddressKind destinationKind) {}

    /// @param ton type of number, SMPP 3.4 section 5.2.5
    /// @param npi numbering plan, section 5.2.6
    public record AddressKind(int ton, int npi) {

        /// `+442079460123`.
        public static final AddressKind E164 = new AddressKind(1, 1);
        /// `Shop`.
        public static final AddressKind ALPHANUMERIC = new AddressKind(5, 0);
        /// `60123`, a number of the provider's network.
        public static final AddressKind SHORT_CODE = new AddressKind(3, 0);
    }

    /// @param window    submits that may be without an answer at once, 1 to 1000
    /// @param timeouts  how long the SMSC may take
    /// @param reconnect how long to wait between tries to bind
    /// @param patience  how long a part may wait for the link, for a place in the window, and for a throttling SMSC
    public record Pace(int window, Timeouts timeouts, Reconnect reconnect, Duration patience) {}

    /// @param bind        for connecting and binding
    /// @param response    for an answer to a submit
    /// @param enquireLink silence after which the SMSC is asked whether it is there
    public record Timeouts(Duration bind, Duration response, Duration enquireLink) {}

    /// @param least     the first pause
    /// @param most      the longest, each being twice the one before
    /// @param downAfter how long the link may be down until plans pass the channel by
    public record Reconnect(Duration least, Duration most, Duration downAfter) {}

    /// @param coding   which characters
    /// @param split    how long messages are taken apart
    /// @param validity how the time is written after which a message is of no use
    /// @param radix    how message ids in receipts are written
    /// @param texts    what the user reads
    public record Format(Coding coding, Split split, Validity validity, Radix radix, Texts texts) {}

    /// Which characters a message may have; what does not fit is written as UCS-2.
    public enum Coding {
        /// The GSM 03.38 alphabet, data_coding 0.
        AUTO,
        /// ISO 8859-1, data_coding 3.
        LATIN1,
        /// UCS-2, data_coding 8, for every message.
        UCS2;

        /// `auto`, `latin1` or `ucs2`.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How a message of several parts is sent.
    public enum Split {
        /// We split it, and put a header before each part's text.
        UDH,
        /// We split it, and say so in optional parameters.
        SAR,
        /// The SMSC splits it.
        PAYLOAD;

        /// `udh`, `sar` or `payload`.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How the validity period is written, SMPP 3.4 section 7.1.1.
    public enum Validity {
        RELATIVE,
        ABSOLUTE,
        /// The SMSC's own is used.
        NONE;

        /// `relative`, `absolute` or `none`.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How the ids of submit_sm_resp stand in the texts of receipts.
    public enum Radix {
        /// Just so.
        AS_IS,
        /// The answer's id is hexadecimal, the receipt's decimal.
        HEX,
        /// The answer's id is decimal, the receipt's hexadecimal.
        DEC;

        /// `as_is`, `hex` or `dec`.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
