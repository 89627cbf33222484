package io.flashcall.engine.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A message cut into constant byte runs with a slot between each two. Immutable.
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z-]+)}");

    /// One more than there are slots.
    private final byte[][] runs;

    private final Slot[] slots;

    private Template(List<String> runs, List<Slot> slots) {
        this.runs = runs.stream().map(WireWriter::ascii).toArray(byte[][]::new);
        this.slots = slots.toArray(Slot[]::new);
    }

    /// Cuts a text whose lines end in LF (on the wire they end in CRLF).
    ///
    /// @param constants what to put for a `{name}` that is no slot; never searched for places itself
    static Template of(String text, Map<String, String> constants) {
        List<String> runs = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        String wire = text.replace("\n", "\r\n");
        Matcher place = PLACE.matcher(wire);
        int at = 0;
        while (place.find()) {
            run.append(wire, at, place.start());
            at = place.end();
            String constant = constants.get(place.group(1));
            if (constant != null) {
                run.append(constant);
            } else {
                slots.add(Slot.valueOf(place.group(1).toUpperCase(Locale.ROOT).replace('-', '_')));
                runs.add(run.toString());
                run.setLength(0);
            }
        }
        runs.add(run.append(wire, at, wire.length()).toString());
        return new Template(runs, slots);
    }

    void render(Rendering rendering, WireWriter out) {
        for (int i = 0; i < slots.length; i++) {
            out.bytes(runs[i]);
            rendering.write(slots[i], out);
        }
        out.bytes(runs[slots.length]);
    }

    int maxLength(NumberFormat fromFormat, NumberFormat toFormat) {
        int length = 0;
        for (byte[] run : runs) {
            length += run.length;
        }
        for (Slot slot : slots) {
            length += slot.maxLength(fromFormat, toFormat);
        }
        return length;
    }
}
