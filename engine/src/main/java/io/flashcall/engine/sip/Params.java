package io.flashcall.engine.sip;

/// A walk over `;name=value;flag;name="quoted"`, white space allowed around `;` and `=` (RFC 3261 §25.1,
/// generic-param).
///
/// Reusable: `wrap`, then `next` until it says no. A name is a token; a value is a quoted string, or whatever
/// stands up to the next `;` or white space (which admits hosts and IPv6 references).
final class Params {

    private byte[] in = {};
    private int at;
    private int end;
    private boolean malformed;
    private int start;
    private int nameStart;
    private int nameEnd;
    private int valueStart;
    private int valueEnd;

    /// @param at index of the first `;` or of white space before it; `end` if there are no parameters
    Params wrap(byte[] in, int at, int end) {
        this.in = in;
        this.at = at;
        this.end = end;
        malformed = false;
        return this;
    }

    /// Moves to the next parameter; false at the end, or where the rest is no parameter (`malformed` tells).
    boolean next() {
        at = Ascii.skipLws(in, at, end);
        if (malformed || at == end) {
            return false;
        }
        start = at;
        nameStart = in[at] == ';' ? Ascii.skipLws(in, at + 1, end) : at;
        nameEnd = Ascii.skipToken(in, nameStart, end);
        malformed = in[at] != ';' || nameEnd == nameStart;
        at = nameEnd;
        valueStart = nameEnd;
        valueEnd = nameEnd;
        int equals = Ascii.skipLws(in, nameEnd, end);
        if (!malformed && equals < end && in[equals] == '=') {
            value(Ascii.skipLws(in, equals + 1, end));
        }
        return !malformed;
    }

    private void value(int from) {
        valueStart = from;
        if (from < end && in[from] == '"') {
            valueEnd = Ascii.skipQuoted(in, from, end);
        } else {
            valueEnd = Ascii.findLws(in, from, Ascii.find(in, from, end, ';'));
        }
        malformed = valueEnd <= from;
        at = valueEnd;
    }

    /// Moves to the first parameter of this name (`lowerCase`; names know no case).
    boolean find(String lowerCase) {
        while (next()) {
            if (is(lowerCase)) {
                return true;
            }
        }
        return false;
    }

    boolean is(String lowerCase) {
        return Ascii.sameIgnoringCase(in, nameStart, nameEnd, lowerCase);
    }

    boolean malformed() {
        return malformed;
    }

    /// Index of the parameter's `;`.
    int start() {
        return start;
    }

    /// Index after the parameter.
    int end() {
        return Math.max(nameEnd, valueEnd);
    }

    int valueStart() {
        return valueStart;
    }

    /// Equal to `valueStart` where there is no value.
    int valueEnd() {
        return valueEnd;
    }
}
