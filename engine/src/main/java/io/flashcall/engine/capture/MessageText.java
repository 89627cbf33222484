package io.flashcall.engine.capture;

/// Finds a header field in bytes that may be anything: what is captured is also what does not parse. Reads nothing
/// past the blank line, and folded lines (RFC 3261 §7.3.1) only as far as their first line.
final class MessageText {

    private static final int NONE = -1;

    private final byte[] in;
    private final int end;
    private int valueStart;
    private int valueEnd;

    MessageText(byte[] in, int length) {
        this.in = in;
        this.end = length;
    }

    /// Looks for the first header field of that name; its value is then at [#start] to [#end].
    ///
    /// @param name    in lower case
    /// @param compact its one-letter form (RFC 3261 §7.3.3), or 0
    boolean find(String name, char compact) {
        for (int line = nextLine(0); line != NONE && line < end && !isBlankLine(line); line = nextLine(line)) {
            if (isNamed(line, name) || (compact != 0 && isNamed(line, String.valueOf(compact)))) {
                return true;
            }
        }
        return false;
    }

    int start() {
        return valueStart;
    }

    int end() {
        return valueEnd;
    }

    private boolean isBlankLine(int line) {
        return in[line] == '\r' || in[line] == '\n';
    }

    private int nextLine(int from) {
        for (int i = from; i < end; i++) {
            if (in[i] == '\n') {
                return i + 1;
            }
        }
        return NONE;
    }

    private boolean isNamed(int line, String name) {
        int at = line + name.length();
        if (at >= end) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase((char) in[line + i]) != name.charAt(i)) {
                return false;
            }
        }
        at = skipBlanks(at);
        if (at == end || in[at] != ':') {
            return false;
        }
        valueStart = skipBlanks(at + 1);
        valueEnd = valueStart;
        for (int i = valueStart; i < end && in[i] != '\r' && in[i] != '\n'; i++) {
            if (in[i] != ' ' && in[i] != '\t') {
                valueEnd = i + 1;
            }
        }
        return true;
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < end && (in[at] == ' ' || in[at] == '\t')) {
            at++;
        }
        return at;
    }
}
