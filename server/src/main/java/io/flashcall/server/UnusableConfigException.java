package io.flashcall.server;

import java.util.List;

/// A configuration that reads well, and yet cannot be run with. The message holds every problem, one a line, ready to
/// print.
public final class UnusableConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableConfigException(List<String> problems) {
        super(problems.size()
                + (problems.size() == 1 ? " problem\n  " : " problems\n  ")
                + String.join("\n  ", problems));
    }
}
