package io.flashcall.cli.option;

import io.flashcall.engine.E164;
import io.flashcall.server.config.Addresses;
import io.flashcall.server.config.Durations;
import io.flashcall.verification.AppId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// How the values of options are read, and what a bad one is told.
public final class Values {

    private Values() {}

    /// Teaches a command and its subcommands to read durations, addresses, numbers and trunks.
    public static void teach(CommandLine command) {
        command.registerConverter(Duration.class, read(Durations::parse))
                .registerConverter(InetSocketAddress.class, read(text -> Addresses.parse(text, 0)))
                .registerConverter(AppId.class, read(AppId::new))
                .registerConverter(E164.class, read(E164::parse))
                .registerConverter(TrunkText.class, read(TrunkText::parse));
    }

    /// A converter whose complaint is the reader's own.
    ///
    /// @param reader throws an IllegalArgumentException that names the value and what was expected
    public static <T> ITypeConverter<T> read(Function<String, T> reader) {
        return text -> {
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        };
    }

    /// Bad usage that only several values together show, or a configuration that cannot be used.
    public static ParameterException bad(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// What kept an engine from starting.
    ///
    /// @param expected said unless the failure says itself what was expected
    public static ParameterException bad(CommandSpec spec, IOException failure, String expected) {
        String message = String.valueOf(failure.getMessage());
        return bad(spec, message.contains("(expected:") ? message : message + " (expected: " + expected + ")");
    }

    /// @throws ParameterException naming option, value and bounds
    public static void requireWithin(CommandSpec spec, String option, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw bad(
                    spec,
                    "Invalid value for option '" + option + "': " + Durations.text(value) + " (expected: "
                            + Durations.text(least) + " to " + Durations.text(most) + ")");
        }
    }
}
