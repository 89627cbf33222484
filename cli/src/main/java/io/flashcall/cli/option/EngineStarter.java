package io.flashcall.cli.option;

import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.capture.TraceListener;
import java.io.IOException;

/// Starts the engine that a command uses; `Engine::start`, or a test's.
@FunctionalInterface
public interface EngineStarter {

    /// @throws IOException naming the address, when a socket cannot be bound
    Engine start(EngineConfig config, CallEventListener listener, TraceListener trace) throws IOException;
}
