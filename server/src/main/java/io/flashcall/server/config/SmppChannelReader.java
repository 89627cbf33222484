package io.flashcall.server.config;

import io.flashcall.server.config.SmppChannelConfig.AddressKind;
import io.flashcall.server.config.SmppChannelConfig.Coding;
import io.flashcall.server.config.SmppChannelConfig.Format;
import io.flashcall.server.config.SmppChannelConfig.Login;
import io.flashcall.server.config.SmppChannelConfig.Pace;
import io.flashcall.server.config.SmppChannelConfig.Parties;
import io.flashcall.server.config.SmppChannelConfig.Radix;
import io.flashcall.server.config.SmppChannelConfig.Reconnect;
import io.flashcall.server.config.SmppChannelConfig.Server;
import io.flashcall.server.config.SmppChannelConfig.Split;
import io.flashcall.server.config.SmppChannelConfig.Timeouts;
import io.flashcall.server.config.SmppChannelConfig.Validity;
import io.flashcall.verification.ChannelName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads an entry of `channels` of `type: smpp`.
final class SmppChannelReader {

    private static final Kind<String> HOST = Kind.matching(
            "the name or IP address of an SMSC, without a port",
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*"));
    private static final Kind<Integer> PORT = Kind.between(1, 65_535);
    private static final Kind<String> SYSTEM_ID = secret(1, 15);
    private static final Kind<String> PASSWORD = secret(0, 64);
    private static final Kind<String> SYSTEM_TYPE =
            Kind.matching("at most 12 characters of ASCII", Pattern.compile("[ -~]{0,12}"));
    private static final Kind<String> SOURCE = Kind.matching(
            "a name of 1 to 11 letters, digits and spaces; a short code; or + and a number",
            Pattern.compile("\\+\\d{7,15}|\\d{2,20}|(?=.*[A-Za-z])[A-Za-z0-9 ._&'-]{1,11}"));
    private static final List<String> TONS = List.of(
            "unknown", "international", "national", "network_specific", "subscriber", "alphanumeric", "abbreviated");
    private static final Kind<Integer> TON = Kind.oneOf(TONS).map(TONS::indexOf);
    private static final List<String> NPIS =
            List.of("unknown", "isdn", "data", "telex", "land_mobile", "national", "private", "ermes", "internet");
    // Section 5.2.6 leaves gaps between its values.
    private static final int[] NPI_VALUES = {0, 1, 3, 4, 6, 8, 9, 10, 14};
    private static final Kind<Integer> NPI = Kind.oneOf(NPIS).map(name -> NPI_VALUES[NPIS.indexOf(name)]);
    private static final Kind<Integer> WINDOW = Kind.between(1, 1_000);
    private static final Kind<Duration> TIMEOUT = Kind.between(Duration.ofMillis(100), Duration.ofSeconds(60));
    private static final Kind<Duration> SILENCE = Kind.between(Duration.ofMillis(500), Duration.ofMinutes(10));
    private static final Kind<Duration> PAUSE = Kind.between(Duration.ofMillis(10), Duration.ofMinutes(10));
    private static final Kind<Coding> CODING = labels(Coding.values(), Coding::label);
    private static final Kind<Split> SPLIT = labels(Split.values(), Split::label);
    private static final Kind<Validity> VALIDITY = labels(Validity.values(), Validity::label);
    private static final Kind<Radix> RADIX = labels(Radix.values(), Radix::label);

    private SmppChannelReader() {}

    static Optional<SmppChannelConfig> read(ChannelName name, Section section, Path directory) {
        var server = server(section, directory);
        var parties = parties(section);
        var pace = pace(section);
        var format = format(section);
        var price = section.optional("price", Kind.PRICE);
        return server.flatMap(
                known -> parties.map(between -> new SmppChannelConfig(name, known, between, pace, format, price)));
    }

    private static Optional<Server> server(Section section, Path directory) {
        var host = section.required("host", HOST);
        boolean tls = section.value("tls", Kind.FLAG, false);
        int port = section.value("port", PORT, tls ? 3550 : 2775);
        var trust = section.optional("trust", Kind.PATH).map(directory::resolve);
        if (trust.isPresent() && !tls) {
            section.refuse("trust", "only with tls: true");
        }
        trust.filter(file -> !Files.isReadable(file))
                .ifPresent(_ -> section.refuse("trust", "a file that can be read"));
        var systemId = section.required("system_id", SYSTEM_ID);
        var password = section.required("password", PASSWORD);
        var systemType = section.value("system_type", SYSTEM_TYPE, "");
        return host.flatMap(known -> systemId.flatMap(
                id -> password.map(secret -> new Server(known, port, tls, trust, new Login(id, secret, systemType)))));
    }

    private static Optional<Parties> parties(Section section) {
        var source = section.required("source", SOURCE);
        var usual = source.map(SmppChannelReader::kindOf).orElse(AddressKind.E164);
        var sourceKind = new AddressKind(
                section.value("source_ton", TON, usual.ton()), section.value("source_npi", NPI, usual.npi()));
        var destinationKind = new AddressKind(
                section.value("destination_ton", TON, AddressKind.E164.ton()),
                section.value("destination_npi", NPI, AddressKind.E164.npi()));
        return source.map(known -> new Parties(known.replaceFirst("^\\+", ""), sourceKind, destinationKind));
    }

    private static AddressKind kindOf(String source) {
        if (source.startsWith("+")) {
            return AddressKind.E164;
        }
        return source.matches("\\d+") ? AddressKind.SHORT_CODE : AddressKind.ALPHANUMERIC;
    }

    private static Pace pace(Section section) {
        int window = section.value("window", WINDOW, 10);
        var timeouts = new Timeouts(
                section.value("bind_timeout", TIMEOUT, Duration.ofSeconds(10)),
                section.value("response_timeout", TIMEOUT, Duration.ofSeconds(10)),
                section.value("enquire_link", SILENCE, Duration.ofSeconds(30)));
        var reconnect = section.section("reconnect", SmppChannelReader::reconnect);
        return new Pace(window, timeouts, reconnect, section.value("patience", TIMEOUT, Duration.ofSeconds(5)));
    }

    private static Reconnect reconnect(Section section) {
        var least = section.value("min", PAUSE, Duration.ofSeconds(1));
        var most = section.value("max", PAUSE, Duration.ofSeconds(60));
        if (most.compareTo(least) < 0) {
            section.tell("max", "at least min, " + Durations.text(least));
        }
        return new Reconnect(least, most, section.value("down_after", SILENCE, Duration.ofSeconds(5)));
    }

    private static Format format(Section section) {
        return new Format(
                section.value("data_coding", CODING, Coding.AUTO),
                section.value("long_messages", SPLIT, Split.UDH),
                section.value("validity", VALIDITY, Validity.RELATIVE),
                section.value("message_id_radix", RADIX, Radix.AS_IS),
                TextsReader.read(section, "messages", TextsReader.USUAL_MESSAGE, HttpChannelConfig.MESSAGE_VALUES));
    }

    private static <E> Kind<E> labels(E[] values, Function<E, String> label) {
        var labels = Arrays.stream(values).map(label).toList();
        return Kind.oneOf(labels).map(name -> values[labels.indexOf(name)]);
    }

    private static Kind<String> secret(int least, int most) {
        var pattern = Pattern.compile("[ -~]{" + least + "," + most + "}");
        return new Kind<>(
                least + " to " + most + " characters of ASCII",
                Kind.matching("", pattern).parser(),
                Kind.SECRET.mask());
    }

    /// The name of a type of number, for printing.
    static String ton(AddressKind kind) {
        return TONS.get(kind.ton());
    }

    /// The name of a numbering plan, for printing.
    static String npi(AddressKind kind) {
        for (int i = 0; i < NPI_VALUES.length; i++) {
            if (NPI_VALUES[i] == kind.npi()) {
                return NPIS.get(i);
            }
        }
        throw new IllegalStateException("numbering plan without a name: " + kind.npi());
    }
}
