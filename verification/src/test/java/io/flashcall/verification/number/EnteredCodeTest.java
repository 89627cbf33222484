package io.flashcall.verification.number;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.E164;
import io.flashcall.verification.number.EnteredCode.LastDigits;
import io.flashcall.verification.number.EnteredCode.Unreadable;
import io.flashcall.verification.number.EnteredCode.WholeNumber;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EnteredCodeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123",
                " 0 1 2 3 ",
                "01-23",
                "01.23",
                "(0123)",
                "０１２３",
                "٠١٢٣",
                "۰۱۲۳",
                "\u202A0123\u202C",
                "0123\n"
            })
    void as_many_digits_as_the_code_has_are_the_code_however_they_are_written(String text) {
        assertThat(EnteredCode.read(text, 4)).isEqualTo(new LastDigits("0123"));
    }

    @Test
    void a_code_that_looks_like_an_international_prefix_stays_a_code() {
        assertThat(EnteredCode.read("0012", 4)).isEqualTo(new LastDigits("0012"));
        assertThat(EnteredCode.read("011 011", 6)).isEqualTo(new LastDigits("011011"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+442079460123",
                "+44 20 7946 0123",
                "+44 (0)20 7946-0123",
                "00442079460123",
                "0044 (20) 7946.0123",
                "011442079460123",
                "442079460123",
                "020 7946 0123",
                "(020) 7946 0123",
                "20 7946 0123",
                "＋４４ ２０ ７９４６ ０１２３",
                "+٤٤ ٢٠ ٧٩٤٦ ٠١٢٣",
                "\u202A+44\u00A020\u00A07946\u00A00123\u202C",
                "+44‑20‑7946‑0123",
                "+44/20/7946/0123"
            })
    void the_whole_number_is_known_in_every_form_that_it_is_written_in(String text) {
        var whole = whole(text);
        assertThat(whole.code()).isEqualTo("0123");
        assertThat(whole.is(new E164("442079460123"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Other numbers that end in the same digits.
                "+442079470123",
                "+12079460123",
                "02079470123",
                "7946 0123",
                "460123",
                // Forms that mean another number, or none.
                "+02079460123",
                "+00442079460123",
                "+2079460123",
                "0442079460123",
                "0002079460123",
                "1442079460123",
                "+44442079460123"
            })
    void no_other_number_is_taken_for_it(String text) {
        assertThat(whole(text).is(new E164("442079460123"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "12025550123, +1 (202) 555-0123",
        "12025550123, 1-202-555-0123",
        "12025550123, 202 555 0123",
        "390612345678, 06 1234 5678",
        "390612345678, +39 06 1234 5678",
        "33142685300, 01 42 68 53 00",
        "79161234567, 8 (916) 123-45-67",
        "79161234567, 916 123-45-67",
        "5491123456789, 011 15-2345-6789",
        "5491123456789, +54 9 11 2345-6789",
        "61236618300, (02) 3661 8300",
    })
    void national_forms_are_those_of_the_caller_ids_own_country(String callerId, String typed) {
        assertThat(whole(typed).is(new E164(callerId))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // As a British number this would be +44 6..., but the caller id is Italian and keeps its zero.
        "390612345678, 6 1234 5678",
        "12025550123, 0 202 555 0123",
        "33142685300, 1 42 68 53 01",
    })
    void and_not_those_of_another(String callerId, String typed) {
        assertThat(whole(typed).is(new E164(callerId))).isFalse();
    }

    @Test
    void a_caller_id_of_no_country_has_its_international_forms() {
        var callerId = new E164("999123450123");
        assertThat(whole("+999 1234 50123").is(callerId)).isTrue();
        assertThat(whole("00999123450123").is(callerId)).isTrue();
        assertThat(whole("123450123").is(callerId)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "123",
                "12 3",
                "abcd",
                "12a4",
                "0123x",
                "01+23",
                "++0123",
                "code 0123",
                "O123",
                "0123456789012345678",
                "½123",
                "0123;ext=4"
            })
    void anything_else_is_unreadable_and_the_answer_says_what_to_enter(String text) {
        assertThat(EnteredCode.read(text, 4))
                .isEqualTo(new Unreadable("Enter the last 4 digits of the number that called, or the whole number."));
    }

    @Test
    void very_long_nonsense_is_read_no_slower_than_it_is_long() {
        assertThat(EnteredCode.read("1".repeat(1_000_000), 4)).isInstanceOf(Unreadable.class);
    }

    @Test
    void what_was_entered_is_never_printed() {
        assertThat(EnteredCode.read("0123", 4).toString()).doesNotContain("0123");
        assertThat(EnteredCode.read("+442079460123", 4).toString()).doesNotContain("0123");
    }

    private static WholeNumber whole(String text) {
        return switch (EnteredCode.read(text, 4)) {
            case WholeNumber whole -> whole;
            case LastDigits _, Unreadable _ -> throw new AssertionError(text + " is no whole number");
        };
    }
}
