package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReferencesTest {

    private static final String UUID = "0198f2c5-7a54-7c1e-9d0c-5b1f6a2e3d4c";

    /// Gives a cell a reference as a call's slot does.
    static void write(String reference, EventCell cell) {
        var references = new References(1);
        references.set(0, reference);
        references.copyTo(0, cell);
    }

    static String read(EventCell cell) {
        cell.clearResponse(0);
        return cell.toEvent().stamp().reference();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                UUID,
                "thirty-nine characters, the most there ",
                "forty characters, one more than there is",
                UUID + UUID + UUID,
                "prüfung §1 \u00FF",
                "проверка",
                "\uD83D\uDCDE"
            })
    void a_reference_comes_back_as_it_was(String reference) {
        var cell = new EventCell();
        write(reference, cell);
        assertThat(read(cell)).isEqualTo(reference);
    }

    @Test
    void of_a_call_that_is_over_there_is_none_whether_it_was_short_or_long() {
        var references = new References(1);
        var cell = new EventCell();
        for (String reference : new String[] {"short", UUID + UUID}) {
            references.set(0, reference);
            references.forget(0);
            references.copyTo(0, cell);
            assertThat(read(cell)).isEmpty();

            write(reference, cell);
            cell.forgetReference();
            assertThat(read(cell)).isEmpty();
        }
    }

    @Test
    void each_slot_has_its_own() {
        int slots = 10_000;
        var references = new References(slots);
        for (int slot = 0; slot < slots; slot++) {
            references.set(slot, slot % 3 == 0 ? UUID + UUID + slot : "call-" + slot);
        }
        var cell = new EventCell();
        for (int slot = 0; slot < slots; slot++) {
            references.copyTo(slot, cell);
            assertThat(read(cell)).isEqualTo(slot % 3 == 0 ? UUID + UUID + slot : "call-" + slot);
        }
    }

    @Test
    void the_next_calls_reference_takes_the_place_of_a_longer_one() {
        var references = new References(1);
        var cell = new EventCell();
        for (String reference : new String[] {UUID + UUID, "short", "проверка", UUID}) {
            references.set(0, reference);
            references.copyTo(0, cell);
            assertThat(read(cell)).isEqualTo(reference);
            references.forget(0);
        }
    }
}
