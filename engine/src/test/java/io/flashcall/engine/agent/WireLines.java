package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The lines of a message as the most gullible parser would cut them: at each CR, and at each LF.
final class WireLines {

    /// What we write by ourselves.
    private static final Set<String> OURS = Set.of(
            "Via",
            "Route",
            "Max-Forwards",
            "From",
            "To",
            "Call-ID",
            "CSeq",
            "Contact",
            "Allow",
            "Accept",
            "Supported",
            "User-Agent",
            "Server",
            "Authorization",
            "Proxy-Authorization",
            "RAck",
            "Unsupported",
            "Recv-Info",
            "Content-Type",
            "Content-Length");

    private WireLines() {}

    /// Start line's first word, then the name of each header, then the type of each line of the body.
    static List<String> names(String message) {
        int end = message.indexOf("\r\n\r\n");
        assertThat(end).as("a blank line in %s", message).isPositive();
        var head = cut(message.substring(0, end)).toList();
        var headers = head.stream().skip(1).map(line -> line.replaceFirst("(?s)[ \t]*:.*", ""));
        var body = cut(message.substring(end + 4)).map(line -> line.replaceFirst("(?s)=.*", "="));
        return Stream.of(Stream.of(head.getFirst().replaceFirst("(?s) .*", "")), headers, body)
                .flatMap(part -> part)
                .toList();
    }

    /// Each header of it is one that we write, and each but Via and Route stands once.
    static void areOurs(String message) {
        var names = names(message);
        var headers = names.subList(1, names.size()).stream()
                .filter(name -> !name.endsWith("=") && !name.isEmpty())
                .toList();
        assertThat(headers).as(message).isSubsetOf(OURS);
        assertThat(headers.stream().filter(name -> !name.equals("Via") && !name.equals("Route")))
                .as(message)
                .doesNotHaveDuplicates();
        assertThat(message.substring(0, message.indexOf("\r\n")))
                .as("start line")
                .doesNotContainPattern("\\p{Cntrl}");
    }

    private static Stream<String> cut(String text) {
        return Stream.of(text.split("\r\n|\r|\n", -1));
    }
}
