package io.flashcall.server.config;

/// A configuration file that cannot be used. The message holds every problem, one a line and in the file's order, and
/// is ready to print; secrets and telephone numbers in it are masked.
public final class ConfigFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConfigFileException(String message) {
        super(message);
    }
}
