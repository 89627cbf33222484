package io.flashcall.server.config;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Cidr;
import io.flashcall.engine.E164;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipTarget;
import io.flashcall.verification.Price;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What a value can be, and how to read it.
///
/// @param expected said when a value is something else
/// @param parser   throws [IllegalArgumentException] when it is; the `expected` of a [BadValueException] wins
/// @param mask     makes a written value fit to print
record Kind<T>(String expected, Function<String, T> parser, UnaryOperator<String> mask) {

    static final Kind<Integer> INTEGER = of("a whole number below 2147483648", Integer::parseInt);
    static final Kind<Boolean> FLAG = oneOf(List.of("true", "false")).map(Boolean::parseBoolean);
    static final Kind<Duration> DURATION = of(Durations.EXPECTED, Durations::parse);
    static final Kind<Integer> SIZE = of(Sizes.EXPECTED, Sizes::parse);
    static final Kind<String> TEXT = of("text", Function.identity());
    static final Kind<String> DIGITS = of("digits, or \"\" for none", Function.identity());

    /// Where a socket binds; without a port, any.
    static final Kind<InetSocketAddress> LOCAL = of(Addresses.EXPECTED, text -> Addresses.parse(text, 0));

    static final Kind<InetSocketAddress> NAME_SERVER = of(Addresses.EXPECTED, text -> Addresses.parse(text, 53));

    static final Kind<SipTarget> TARGET = of(SipTarget.EXPECTED, SipTarget::parse);

    /// What stands in Via, Contact and SDP.
    static final Kind<String> ADVERTISED = of("a host name or IP address, with or without :PORT", Kind::advertised);

    static final Kind<Cidr> SOURCE = of("an IP address, or a block of them such as 192.0.2.0/24", Kind::source);

    static final Kind<CallerIds.Range> CALLER_IDS = new Kind<>(
            "+12025550123, a range +12025550100..+12025550199, or +120255501xx", Kind::callerIds, Kind::hide);

    static final Kind<E164> NUMBER = new Kind<>("+ and 7 to 15 digits, E.164", E164::parse, Kind::hide);

    /// An ISO 3166 region.
    static final Kind<String> REGION = of("two letters of a region (ISO 3166), such as GB", Kind::region);

    static final Kind<Price> PRICE = matching(
                    "an amount and a currency, such as 0.004 EUR", Pattern.compile("\\d{1,7}(?:\\.\\d{1,8})? [A-Z]{3}"))
            .map(Price::parse);

    /// What may be spent.
    static final Kind<Price> BUDGET = matching(
                    "an amount above 0 and a currency, such as 50 EUR",
                    Pattern.compile("(?=[\\d.]*[1-9])\\d{1,10}(?:\\.\\d{1,8})? [A-Z]{3}"))
            .map(Price::parse);

    static final Kind<Path> PATH = of("the path of a file", Kind::path);

    static final Kind<MasterKey> MASTER_KEY = new Kind<>(
            "${NAME}, a variable that holds " + MasterKey.EXPECTED + "; or {file: PATH}",
            MasterKey.Given::new,
            Kind::conceal);

    /// What is never printed.
    static final Kind<String> SECRET = new Kind<>("text", Function.identity(), Kind::conceal);

    static final Kind<RingPolicy> AFTER_183 = of("1ms to 60s", text -> new RingPolicy.After183(Durations.parse(text)));

    static final Kind<RingPolicy> RING_POLICY =
            of("180, 180-or-early-media, 180-or-183 or {183-after: DURATION}, 1ms to 60s", Kind::ringPolicy);

    private static final String AFTER = "183-after:";
    private static final Pattern CALLER_ID = Pattern.compile("\\+\\d+(?:x*|\\.\\.\\+\\d+)");
    private static final Pattern BLOCK = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");
    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*]|[A-Za-z0-9.-]{1,253})(?::(\\d{1,5}))?");
    private static final Pattern NAME = Pattern.compile("(?:[A-Za-z0-9-]+\\.)*[A-Za-z][A-Za-z0-9-]*\\.?");

    static <T> Kind<T> of(String expected, Function<String, T> parser) {
        return new Kind<>(expected, parser, Masking::mask);
    }

    static Kind<String> oneOf(List<String> words) {
        int last = words.size() - 1;
        return of(String.join(", ", words.subList(0, last)) + " or " + words.get(last), text -> {
            if (!words.contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    static Kind<Integer> between(int least, int most) {
        return of(least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    static Kind<Duration> between(Duration least, Duration most) {
        return of(Durations.text(least) + " to " + Durations.text(most), text -> {
            var duration = Durations.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new BadValueException(text, Durations.text(least) + " to " + Durations.text(most));
            }
            return duration;
        });
    }

    /// Text that matches a pattern as a whole.
    static Kind<String> matching(String expected, Pattern pattern) {
        return of(expected, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    /// The same notation, with another meaning or another expectation.
    <R> Kind<R> map(Function<T, R> meaning) {
        return new Kind<>(expected, parser.andThen(meaning), mask);
    }

    Kind<T> expecting(String better) {
        return new Kind<>(better, parser, mask);
    }

    private static String advertised(String text) {
        var host = HOST.matcher(text);
        if (!host.matches()) {
            throw new IllegalArgumentException(text);
        }
        if (NAME.matcher(host.group(1)).matches()) {
            // A name becomes an address only to have its port judged.
            Addresses.parse("localhost" + text.substring(host.end(1)), 0);
        } else if (Addresses.parse(text, 0).getAddress().isAnyLocalAddress()) {
            throw new BadValueException(text, "an address that the carrier can reach");
        }
        return text;
    }

    private static Cidr source(String text) {
        var block = BLOCK.matcher(text);
        if (!block.matches()) {
            throw new IllegalArgumentException(text);
        }
        var address = Addresses.literal(block.group(1));
        return block.group(2) == null ? Cidr.of(address) : new Cidr(address, Integer.parseInt(block.group(2)));
    }

    private static CallerIds.Range callerIds(String text) {
        if (!CALLER_ID.matcher(text).matches()) {
            throw new IllegalArgumentException("neither a number nor a range");
        }
        return CallerIds.Range.parse(text);
    }

    private static RingPolicy ringPolicy(String text) {
        return switch (text) {
            case "180" -> new RingPolicy.Only180();
            case "180-or-early-media" -> new RingPolicy.EarlyMedia();
            case "180-or-183" -> new RingPolicy.Also183();
            case String after
            when after.startsWith(AFTER) ->
                AFTER_183.parser.apply(after.substring(AFTER.length()).strip());
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("no path");
        }
        return Path.of(text);
    }

    private static String region(String text) {
        if (!Locale.getISOCountries(IsoCountryCode.PART1_ALPHA2).contains(text)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    /// Shows which variable a secret comes from, and nothing else.
    private static String conceal(String text) {
        return text.matches("\\$\\{\\w+}") ? text : "***";
    }

    private static String hide(String text) {
        return Masking.mask(E164.mask(text));
    }
}
