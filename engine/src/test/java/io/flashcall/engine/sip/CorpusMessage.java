package io.flashcall.engine.sip;

import io.flashcall.engine.sip.ResponseView.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A message of the corpus and what is expected of it.
///
/// A file starts with a sheet of `# key: value` lines: what the hazard is, how to read the message, the verdict,
/// then what an accessor must say. The message follows; each line end in the file is a CRLF on the wire, and `\.`
/// ends it. `\xHH`, `\t`, `\r`, `\n` and `\\` are single bytes, a `\` at the end of a line joins the next without
/// a line end, and `\{3*text}` stands for `text` three times.
final class CorpusMessage {

    private final Path file;
    private final String hazard;
    private final boolean isResponse;
    private final Verdict verdict;
    private final Map<String, String> expected;
    private final byte[] bytes;

    private CorpusMessage(Path file, String text) {
        Map<String, String> sheet = new LinkedHashMap<>();
        int at = text.indexOf('\n') + 1;
        while (text.startsWith("# ", at)) {
            int colon = text.indexOf(':', at);
            int end = text.indexOf('\n', at);
            sheet.put(
                    text.substring(at + 2, colon),
                    text.substring(colon + 1, end).strip());
            at = end + 1;
        }
        this.file = root().relativize(file);
        hazard = text.substring(2, text.indexOf('\n'));
        isResponse = Objects.equals(sheet.remove("read as"), "response");
        verdict = Verdict.valueOf(Objects.requireNonNull(sheet.remove("verdict")));
        expected = Map.copyOf(sheet);
        bytes = decode(text.substring(at));
    }

    static List<CorpusMessage> all() {
        try (var files = Files.walk(root())) {
            return files.filter(f -> f.toString().endsWith(".sip"))
                    .sorted()
                    .map(file -> new CorpusMessage(file, text(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Relative to `root`.
    Path file() {
        return file;
    }

    String hazard() {
        return hazard;
    }

    boolean isResponse() {
        return isResponse;
    }

    Verdict verdict() {
        return verdict;
    }

    /// What accessors say, by their names in `CorpusTest`.
    Map<String, String> expected() {
        return expected;
    }

    byte[] bytes() {
        return bytes;
    }

    static Path root() {
        try {
            return Path.of(Objects.requireNonNull(CorpusMessage.class.getResource("/corpus"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] decode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (!text.startsWith("\\.", at)) {
            char c = text.charAt(at++);
            if (c == '\n') {
                out.writeBytes(new byte[] {'\r', '\n'});
            } else if (c != '\\') {
                out.write(c);
            } else {
                at = decodeEscape(text, at, out);
            }
        }
        return out.toByteArray();
    }

    private static int decodeEscape(String text, int at, ByteArrayOutputStream out) {
        switch (text.charAt(at)) {
            case 'x' -> {
                out.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
                return at + 3;
            }
            case '{' -> {
                int star = text.indexOf('*', at);
                int end = text.indexOf('}', at);
                byte[] unit = decode(text.substring(star + 1, end) + "\\.");
                for (int i = Integer.parseInt(text.substring(at + 1, star)); i > 0; i--) {
                    out.writeBytes(unit);
                }
                return end + 1;
            }
            case 't' -> out.write('\t');
            case 'r' -> out.write('\r');
            case 'n' -> out.write('\n');
            case '\n' -> {}
            case '\\' -> out.write('\\');
            default ->
                throw new IllegalArgumentException(
                        "escape: \\" + text.charAt(at) + " (expected: one of x { t r n \\ .)");
        }
        return at + 1;
    }

    /// `\xHH` for the bytes that are not printable ASCII, as the sheets write them.
    static String escaped(byte[] bytes, int from, int length) {
        StringBuilder text = new StringBuilder();
        for (char c : new String(bytes, from, length, StandardCharsets.ISO_8859_1).toCharArray()) {
            text.append(c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
