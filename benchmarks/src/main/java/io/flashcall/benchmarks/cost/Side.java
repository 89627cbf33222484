package io.flashcall.benchmarks.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who places the calls: a process of its own for each measurement.
enum Side {
    /// `flashcall load`.
    ENGINE("flashcall") {
        @Override
        List<String> command(Load load, Places places) {
            return List.of(
                    places.launcher().toString(),
                    "load",
                    "--config",
                    places.write("engine.yaml", trunk(load.farEnd())).toString(),
                    "--trunk=peer",
                    "--to=+442079460123",
                    "--from=+12025550123",
                    "--ring=0s",
                    "--json",
                    "--rate=" + load.rate(),
                    "--calls=" + load.calls());
        }

        @Override
        long completed(String out, Places places) {
            return sum(lastJson(out).path("outcomes").path("rang"));
        }
    },

    /// SIPp as the caller, with buffers that let it hold its highest rates.
    SIPP("SIPp") {
        @Override
        List<String> command(Load load, Places places) {
            return List.of(
                    "sipp",
                    load.farEnd(),
                    "-sf",
                    places.scenario().toString(),
                    "-s",
                    "+442079460123",
                    "-i",
                    "127.0.0.1",
                    "-r",
                    Integer.toString(load.rate()),
                    "-m",
                    Long.toString(load.calls()),
                    "-l",
                    Integer.toString(load.rate() * 5),
                    "-buff_size",
                    "4000000",
                    "-nostdin",
                    "-trace_stat",
                    "-stf",
                    places.folder().resolve("sipp.csv").toString(),
                    "-fd",
                    "60");
        }

        @Override
        long completed(String out, Places places) {
            return places.lastOf("sipp.csv", "SuccessfulCall(C)");
        }
    },

    /// No SIP at all.
    FLOOR("floor") {
        @Override
        List<String> command(Load load, Places places) {
            return floor(load, places);
        }

        @Override
        long completed(String out, Places places) {
            return lastJson(out).path("ended").asLong();
        }

        // It repeats nothing: what is lost while its JVM is cold stays lost.
        @Override
        double leastCompleted() {
            return 0.98;
        }
    },

    /// The same, with UDP segmentation offload.
    FLOOR_WITH_GSO("floor with GSO") {
        @Override
        List<String> command(Load load, Places places) {
            var command = new ArrayList<>(floor(load, places));
            command.add("gso");
            return command;
        }

        @Override
        long completed(String out, Places places) {
            return FLOOR.completed(out, places);
        }

        @Override
        double leastCompleted() {
            return FLOOR.leastCompleted();
        }
    };

    private final String label;

    Side(String label) {
        this.label = label;
    }

    /// As people know it.
    String label() {
        return label;
    }

    /// Share of its calls that it has to complete.
    double leastCompleted() {
        return 0.999;
    }

    abstract List<String> command(Load load, Places places);

    /// Calls that rang and were hung up.
    ///
    /// @param out    what it wrote on stdout
    /// @param places where it wrote more
    abstract long completed(String out, Places places);

    private static String trunk(String address) {
        return """
            trunks:
              peer:
                target: "%s"
                caller_ids: ["+120255501xx"]
                flash_calls_allowed: true
                max_channels: 1000000
                calls_per_second: 100000
            """.formatted(address);
    }

    private static List<String> floor(Load load, Places places) {
        return List.of(
                places.java().toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                places.classPath(),
                "io.flashcall.benchmarks.floor.FloorCaller",
                load.farEnd(),
                Integer.toString(load.rate()),
                Long.toString(load.calls()));
    }

    private static JsonNode lastJson(String out) {
        var mapper = JsonMapper.shared();
        return out.lines()
                .filter(line -> line.startsWith("{"))
                .reduce((_, line) -> line)
                .map(mapper::readTree)
                .orElseGet(mapper::createObjectNode);
    }

    private static long sum(JsonNode counts) {
        return counts.valueStream().mapToLong(JsonNode::asLong).sum();
    }

    /// Where things are.
    ///
    /// @param home      of the installation
    /// @param java      the JVM's launcher
    /// @param classPath of the benchmarks
    /// @param folder    for what a run needs, removed after it
    record Places(Path home, Path java, String classPath, Path folder) {

        Path launcher() {
            return home.resolve("flashcall");
        }

        Path scenario() {
            try (var in = Side.class.getResourceAsStream("/flash-call.xml")) {
                if (in == null) {
                    throw new IllegalStateException("no resource flash-call.xml (expected: part of benchmarks)");
                }
                return write("flash-call.xml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// A column of the last line of SIPp's statistics, 0 if there are none.
        long lastOf(String name, String column) {
            try {
                var lines = Files.readAllLines(folder.resolve(name));
                int index = List.of(lines.getFirst().split(";", -1)).indexOf(column);
                return lines.size() < 2 ? 0 : Long.parseLong(lines.getLast().split(";", -1)[index]);
            } catch (NoSuchFileException e) {
                return 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Path write(String name, String text) {
            try {
                return Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
