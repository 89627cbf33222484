package io.flashcall.benchmarks.caller;

import io.flashcall.benchmarks.floor.FloorCaller;
import io.flashcall.benchmarks.rig.Load;
import io.flashcall.benchmarks.rig.Rig;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Who places the calls.
public enum Side {
    /// `flashcall load`.
    ENGINE("flashcall") {
        @Override
        public List<String> command(Load load, Rig rig) {
            return rig.flashcall(
                    "load",
                    "--config",
                    rig.write("engine.yaml", trunk(load.farEnd())).toString(),
                    "--trunk=peer",
                    "--to=+442079460123",
                    "--from=+12025550123",
                    "--ring=" + load.ringMillis() + "ms",
                    "--json",
                    "--rate=" + load.rate(),
                    "--ramp=" + load.ramp().toMillis() + "ms",
                    "--calls=" + load.rampedCalls());
        }

        @Override
        public Ends ends(Load load, String out, Rig rig) {
            var json = Rig.lastJson(out);
            long rang = sum(json.path("outcomes").path("rang"));
            return new Ends(
                    load.rampedCalls(), rang, json.path("retransmissions").asLong());
        }
    },

    /// SIPp, with buffers that let it hold its highest rates.
    SIPP("SIPp") {
        @Override
        public List<String> command(Load load, Rig rig) {
            return List.of(
                    "sipp",
                    load.farEnd(),
                    "-sf",
                    Scenario.write(rig, load.ringMillis()).toString(),
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
                    rig.work().resolve(Scenario.STATISTICS).toString(),
                    "-fd",
                    "60");
        }

        @Override
        public Ends ends(Load load, String out, Rig rig) {
            return new Ends(
                    load.calls(),
                    Scenario.lastOf(rig, "SuccessfulCall(C)"),
                    Scenario.lastOf(rig, "Retransmissions(C)"));
        }
    },

    /// The reference implementation of JAIN-SIP.
    JAIN_SIP("JAIN-SIP") {
        @Override
        public List<String> command(Load load, Rig rig) {
            return JainCommand.of(load, rig);
        }

        @Override
        public Ends ends(Load load, String out, Rig rig) {
            var json = Rig.lastJson(out);
            return new Ends(
                    load.rampedCalls(),
                    json.path("ended").asLong(),
                    json.path("retransmissions").asLong());
        }
    },

    /// No SIP at all.
    FLOOR("floor") {
        @Override
        public List<String> command(Load load, Rig rig) {
            return rig.program(FloorCaller.class, List.of(), floor(load).toArray());
        }

        @Override
        public Ends ends(Load load, String out, Rig rig) {
            // It repeats nothing: what is lost while its JVM is cold stays lost.
            return new Ends(
                    Math.round(load.rampedCalls() * FLOOR_COMPLETES),
                    Rig.lastJson(out).path("ended").asLong(),
                    0);
        }
    },

    /// The same, with UDP segmentation offload.
    FLOOR_WITH_GSO("floor with GSO") {
        @Override
        public List<String> command(Load load, Rig rig) {
            var arguments = new ArrayList<>(floor(load));
            arguments.add("gso");
            return rig.program(FloorCaller.class, List.of(), arguments.toArray());
        }

        @Override
        public Ends ends(Load load, String out, Rig rig) {
            return FLOOR.ends(load, out, rig);
        }
    };

    private static final double FLOOR_COMPLETES = 0.98;

    private final String label;

    Side(String label) {
        this.label = label;
    }

    /// As people know it.
    public String label() {
        return label;
    }

    /// What starts it.
    public abstract List<String> command(Load load, Rig rig);

    /// How its calls ended.
    ///
    /// @param out what it wrote on stdout
    public abstract Ends ends(Load load, String out, Rig rig);

    /// @param asked           calls that it should have made
    /// @param completed       calls that rang and were hung up
    /// @param retransmissions messages that it sent again
    public record Ends(long asked, long completed, long retransmissions) {}

    private static List<Object> floor(Load load) {
        return List.of(
                load.farEnd(), load.rate(), load.rampedCalls(), load.ramp().toMillis(), load.ringMillis());
    }

    /// A trunk that lets through whatever a benchmark asks of it.
    static String trunk(String address) {
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

    private static long sum(JsonNode counts) {
        return counts.valueStream().mapToLong(JsonNode::asLong).sum();
    }
}
