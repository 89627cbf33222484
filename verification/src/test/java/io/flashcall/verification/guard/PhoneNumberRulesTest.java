package io.flashcall.verification.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import io.flashcall.engine.E164;
import io.flashcall.verification.guard.NumberRules.Verdict.Accepted;
import io.flashcall.verification.guard.NumberRules.Verdict.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PhoneNumberRulesTest {

    private final PhoneNumberRules rules = new PhoneNumberRules();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+442079460123          |    | 442079460123 | GB",
                "+44 20 7946 0123       |    | 442079460123 | GB",
                "+44 (0)20-7946-0123    |    | 442079460123 | GB",
                "tel:+44-20-7946-0123   |    | 442079460123 | GB",
                "TEL:+44-20-7946-0123   |    | 442079460123 | GB",
                "tel:020-7946-0123;phone-context=+44 | | 442079460123 | GB",
                "020 7946 0123          | GB | 442079460123 | GB",
                "020 7946 0123          | gb | 442079460123 | GB",
                "0033 1 42 68 53 00     | GB | 33142685300  | FR",
                "011 44 20 7946 0123    | US | 442079460123 | GB",
                "(202) 555-0123         | US | 12025550123  | US",
                "+1 416 555 0123        |    | 14165550123  | CA",
                "06 1234 5678           | IT | 390612345678 | IT",
                "+44 7400 123456        |    | 447400123456 | GB",
                "+44 800 123 4567       |    | 448001234567 | GB",
                "+800 1234 5678         |    | 80012345678  | ZZ",
                "＋４４２０７９４６０１２３ |   | 442079460123 | GB"
            })
    void a_number_is_read_as_people_write_it(String text, String region, String digits, String country) {
        assertThat(rules.judge(text, Optional.ofNullable(region)))
                .isEqualTo(new Accepted(new E164(digits.replace(" ", "")), country));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+44 909 879 0000 |    | premium_rate",
                "+1 900 555 0123  |    | premium_rate",
                "+44 7640 123456  |    | pager",
                "+61 1 0000 0000  |    | not_in_plan",
                "+1 202 155 0123  |    | not_in_plan",
                "+44 20 7946      |    | impossible",
                "+44 20 7946 0123 4567 | | impossible",
                "112              | GB | impossible",
                "555 0123         | US | impossible",
                "+999 123 4567    |    | impossible",
                "hello            | GB | impossible",
                "+                |    | impossible",
                "+44 20 7946 0123 ext. 5 | | impossible",
                "+44 20 7946 0123 #5 | | impossible",
                "tel:+44-20-7946-0123;ext=5 | | impossible",
                "+1 202 555 O1234 |    | impossible",
                "+1 800 FLOWERS   |    | impossible",
                "020 7946 0123    |    | no_region",
                "00442079460123   |    | no_region",
                "442079460123     |    | no_region"
            })
    void a_number_that_must_not_be_called_is_refused_with_a_reason(String text, String region, String reason) {
        assertThat(rules.judge(text, Optional.ofNullable(region)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @EnumSource(names = {"PREMIUM_RATE", "SHARED_COST", "PAGER", "VOICEMAIL"})
    void numbers_that_cost_extra_or_that_nobody_would_see_are_refused_everywhere(PhoneNumberType type) {
        var plans = PhoneNumberUtil.getInstance();
        int refused = 0;
        for (var region : plans.getSupportedRegions()) {
            var example = plans.getExampleNumberForType(region, type);
            if (example != null) {
                refused++;
                assertThat(refused(plans.format(example, PhoneNumberFormat.E164), Optional.empty())
                                .reason())
                        .as("%s of %s", type, region)
                        .isEqualTo(type.name().toLowerCase(Locale.ROOT));
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void mobile_numbers_of_every_region_are_accepted_with_their_region() {
        var plans = PhoneNumberUtil.getInstance();
        rules.warmUp(List.copyOf(plans.getSupportedRegions()));
        for (var region : plans.getSupportedRegions()) {
            var example = plans.getExampleNumberForType(region, PhoneNumberType.MOBILE);
            // Regions that share a country code share mobile numbers too, such as Finland and Åland.
            if (example != null && region.equals(plans.getRegionCodeForNumber(example))) {
                var digits = plans.format(example, PhoneNumberFormat.E164).substring(1);
                var national = plans.format(example, PhoneNumberFormat.NATIONAL);
                var accepted = new Accepted(new E164(digits), region);
                assertThat(rules.judge("+" + digits, Optional.empty())).isEqualTo(accepted);
                assertThat(rules.judge(national, Optional.of(region))).isEqualTo(accepted);
            }
        }
    }

    @Test
    void a_refusal_says_what_was_expected_and_masks_the_number() {
        assertThat(refused("020 7946 0123", Optional.empty()).detail())
                .isEqualTo("020 7*** **** cannot be called (expected: + and the country code first, such as"
                        + " +44 20 7946 0123)");
        assertThat(refused("+44 909 879 0000", Optional.empty()).detail())
                .startsWith("+44 90* *** ****")
                .contains("premium-rate");
    }

    @Test
    void very_long_nonsense_is_refused_in_few_words() {
        assertThat(refused("1".repeat(100_000), Optional.of("GB")).detail()).hasSizeLessThan(200);
        assertThat(refused("\u0000\r\n", Optional.of("GB")).detail()).doesNotContain("\r", "\n", "\u0000");
        assertThat(refused("", Optional.of("GB")).reason()).isEqualTo("impossible");
    }

    @Test
    void warming_up_takes_regions_that_exist_and_passes_over_others() {
        rules.warmUp(List.of("GB", "us", "XX", ""));
    }

    private Refused refused(String text, Optional<String> region) {
        return switch (rules.judge(text, region)) {
            case Refused refused -> refused;
            case Accepted accepted -> throw new AssertionError("accepted " + accepted.number());
        };
    }
}
