package io.flashcall.cli.loadapi;

import java.util.Optional;

/// One verification of a load. Its id and its caller id come from different places, in either order. Thread-safe.
final class LoadSession {

    private final long index;
    private final String to;
    private final long intendedNanos;
    private String id = "";
    private String code = "";
    private String caller = "";
    private int codeLength;
    private int rings;
    private Optional<String> ended = Optional.empty();

    /// @param index         counted from 0
    /// @param to            its destination
    /// @param intendedNanos when it was to be started, whenever that happened
    LoadSession(long index, String to, long intendedNanos) {
        this.index = index;
        this.to = to;
        this.intendedNanos = intendedNanos;
    }

    long index() {
        return index;
    }

    String to() {
        return to;
    }

    long intendedNanos() {
        return intendedNanos;
    }

    /// The service has it.
    ///
    /// @return whether it can be checked from now on
    synchronized boolean started(String newId, int length) {
        id = newId;
        codeLength = length;
        return learn();
    }

    /// Its phone rings.
    ///
    /// @return whether it can be checked from now on
    synchronized boolean rings(String from) {
        rings++;
        caller = from;
        return learn();
    }

    private boolean learn() {
        if (!code.isEmpty() || id.isEmpty() || caller.length() < codeLength) {
            return false;
        }
        code = caller.substring(caller.length() - codeLength);
        return true;
    }

    /// A final webhook came.
    ///
    /// @return whether it is the first one
    synchronized boolean ended(String type) {
        boolean first = ended.isEmpty();
        ended = Optional.of(type);
        return first;
    }

    /// Empty until it is started.
    synchronized String id() {
        return id;
    }

    synchronized String code() {
        return code;
    }

    synchronized int rings() {
        return rings;
    }

    /// The type of its final webhook.
    synchronized Optional<String> end() {
        return ended;
    }
}
