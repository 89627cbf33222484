package io.flashcall.server.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/// What migrations have to tell is told by their exceptions. Flyway makes one, by its name.
public final class SilentLog implements LogCreator, Log {

    @Override
    public Log createLogger(Class<?> of) {
        return this;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception e) {}

    @Override
    public void notice(String message) {}
}
