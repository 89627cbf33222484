package io.flashcall.benchmarks.caller;

import io.flashcall.benchmarks.rig.Load;
import io.flashcall.benchmarks.rig.Rig;
import java.io.File;
import java.util.List;

/// Starts [JainCaller] with the stack on its class path, where nothing else should see it.
final class JainCommand {

    /// Its transactions stay for 32 s after each call.
    private static final String HEAP = "-Xmx3g";

    /// By name: the class itself needs the stack.
    private static final String MAIN = JainCommand.class.getPackageName() + ".JainCaller";

    private JainCommand() {}

    static List<String> of(Load load, Rig rig) {
        var apart = new Rig(
                rig.home(),
                rig.java(),
                rig.classPath() + File.pathSeparator + rig.home().resolve("benchmarks/target/jain") + "/*",
                rig.work(),
                rig.results());
        return apart.program(
                MAIN,
                List.of(HEAP),
                load.farEnd(),
                load.rate(),
                load.rampedCalls(),
                load.ramp().toMillis(),
                load.ringMillis());
    }
}
