package io.flashcall.engine.simulation;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What happened in a universe, one line each, told only when something went wrong.
final class Trace {

    private static final int SHOWN = 200;
    private static final double MILLI = 1e6;

    private record Line(long at, String what, Object subject) {

        @Override
        public String toString() {
            Object text = subject instanceof Datagram d
                    ? plain(d.from()) + " ▶ " + plain(d.to()) + "  " + Message.read(d.text())
                    : subject;
            return "%12.3f ms  %-9s %s".formatted(at / MILLI, what, text);
        }

        private static String plain(InetSocketAddress address) {
            return address.getHostString() + ":" + address.getPort();
        }
    }

    private final List<Line> lines = new ArrayList<>();

    void sent(long at, Datagram datagram) {
        lines.add(new Line(at, "sent", datagram));
    }

    void lost(long at, Datagram datagram) {
        lines.add(new Line(at, "lost", datagram));
    }

    void delivered(long at, Datagram datagram) {
        lines.add(new Line(at, "arrived", datagram));
    }

    void note(long at, String what, Object subject) {
        lines.add(new Line(at, what, subject));
    }

    String all() {
        return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }

    /// The last lines that mention `about`; of all when that is empty.
    String told(String about) {
        var told = lines.stream()
                .map(Line::toString)
                .filter(line -> line.contains(about))
                .toList();
        return told.stream().skip(Math.max(0, told.size() - SHOWN)).collect(Collectors.joining("\n"));
    }
}
