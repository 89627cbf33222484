package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// `rfc4475.index` names a message of our own for every section of RFC 4475, and a reason wherever we judge
/// otherwise.
@DisplayNameGeneration(ReplaceUnderscores.class)
class Rfc4475Test {

    private static final List<String> SECTIONS = """
            3.1.1.1 wsinv
            3.1.1.2 intmeth
            3.1.1.3 esc01
            3.1.1.4 escnull
            3.1.1.5 esc02
            3.1.1.6 lwsdisp
            3.1.1.7 longreq
            3.1.1.8 dblreq
            3.1.1.9 semiuri
            3.1.1.10 transports
            3.1.1.11 mpart01
            3.1.1.12 unreason
            3.1.1.13 noreason
            3.1.2.1 badinv01
            3.1.2.2 clerr
            3.1.2.3 ncl
            3.1.2.4 scalar02
            3.1.2.5 scalarlg
            3.1.2.6 quotbal
            3.1.2.7 ltgtruri
            3.1.2.8 lwsruri
            3.1.2.9 lwsstart
            3.1.2.10 trws
            3.1.2.11 escruri
            3.1.2.12 baddate
            3.1.2.13 regbadct
            3.1.2.14 badaspec
            3.1.2.15 baddn
            3.1.2.16 badvers
            3.1.2.17 mismatch01
            3.1.2.18 mismatch02
            3.1.2.19 bigcode
            3.2.1 badbranch
            3.3.1 insuf
            3.3.2 unkscm
            3.3.3 novelsc
            3.3.4 unksm2
            3.3.5 bext01
            3.3.6 invut
            3.3.7 regaut01
            3.3.8 multi01
            3.3.9 mcl01
            3.3.10 bcast
            3.3.11 zeromf
            3.3.12 cparam01
            3.3.13 cparam02
            3.3.14 regescrt
            3.3.15 sdp01
            3.4.1 inv2543
            """.lines().toList();

    private record Entry(String section, String file, String deviation) {

        static Entry of(String line) {
            String[] cells = line.split(" \\| ", 4);
            return new Entry(cells[0] + " " + cells[1], cells[2], cells.length > 3 ? cells[3] : "");
        }
    }

    private final List<Entry> index = CorpusMessage.text(CorpusMessage.root().resolve("rfc4475.index"))
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(Entry::of)
            .toList();

    @Test
    void every_section_is_represented_once() {
        assertThat(index).extracting(Entry::section).containsExactlyElementsOf(SECTIONS);
    }

    @Test
    void every_message_it_names_is_in_the_corpus() {
        var files = CorpusMessage.all().stream()
                .map(message -> message.file().toString())
                .toList();
        assertThat(files).containsAll(index.stream().map(Entry::file).toList());
    }

    @Test
    void what_the_rfc_calls_valid_is_accepted() {
        assertThat(index)
                .filteredOn(entry -> entry.section().startsWith("3.1.1."))
                .allSatisfy(entry -> assertThat(entry.file()).startsWith("valid/"));
    }

    @Test
    void what_the_rfc_calls_invalid_is_rejected_or_says_why_not() {
        assertThat(index)
                .filteredOn(entry ->
                        entry.section().startsWith("3.1.2.") && entry.file().startsWith("valid/"))
                .allSatisfy(entry -> assertThat(entry.deviation()).startsWith("laxer: "));
    }
}
