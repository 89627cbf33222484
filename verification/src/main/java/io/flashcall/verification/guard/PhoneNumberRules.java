package io.flashcall.verification.guard;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.flashcall.engine.E164;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Judges by the numbering plans that libphonenumber knows. Thread-safe.
public final class PhoneNumberRules implements NumberRules {

    private static final String NOWHERE = "ZZ";
    private static final String TEL = "tel:";
    private static final int MOST_SHOWN = 40;

    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

    /// Reads the plans of these ISO 3166 regions ahead; each costs its first caller some milliseconds. Regions that do
    /// not exist are passed over.
    public void warmUp(List<String> regions) {
        for (var name : regions) {
            var region = name.toUpperCase(Locale.ROOT);
            if (plans.getSupportedRegions().contains(region)) {
                var example = plans.getExampleNumber(region);
                judge(plans.format(example, PhoneNumberFormat.E164), Optional.empty());
                judge(plans.format(example, PhoneNumberFormat.NATIONAL), Optional.of(region));
            }
        }
    }

    @Override
    public Verdict judge(String text, Optional<String> defaultRegion) {
        var region = defaultRegion.map(name -> name.toUpperCase(Locale.ROOT)).orElse(NOWHERE);
        if (hasLetters(text)) {
            return refused("impossible", text, "digits, without letters");
        }
        PhoneNumber number;
        try {
            number = plans.parse(text.strip(), region);
        } catch (NumberParseException e) {
            return unread(text, e.getErrorType());
        }
        if (number.hasExtension()) {
            return refused("impossible", text, "a number that a call can reach, without an extension");
        }
        var digits = plans.format(number, PhoneNumberFormat.E164);
        if (plans.isPossibleNumberWithReason(number) != ValidationResult.IS_POSSIBLE || !E164.isE164(digits)) {
            return refused("impossible", text, possible(number));
        }
        if (!plans.isValidNumber(number)) {
            return refused("not_in_plan", text, "a number that the plan of " + countryOf(number) + " assigns");
        }
        return judgeType(text, number, E164.parse(digits));
    }

    /// A letter typed for a digit would be passed over, and somebody else called. Only tel: URIs (RFC 3966) have some.
    private static boolean hasLetters(String text) {
        var number = text.strip();
        if (number.regionMatches(true, 0, TEL, 0, TEL.length())) {
            int parameters = number.indexOf(';');
            number = number.substring(TEL.length(), parameters < 0 ? number.length() : parameters);
        }
        return number.codePoints().anyMatch(Character::isLetter);
    }

    private Verdict judgeType(String text, PhoneNumber number, E164 accepted) {
        return switch (plans.getNumberType(number)) {
            case PREMIUM_RATE -> refused("premium_rate", text, "not a premium-rate number");
            case SHARED_COST -> refused("shared_cost", text, "not a shared-cost number");
            case PAGER -> refused("pager", text, "a telephone, not a pager");
            case VOICEMAIL -> refused("voicemail", text, "a telephone, not a voicemail box");
            case FIXED_LINE, MOBILE, FIXED_LINE_OR_MOBILE, TOLL_FREE, VOIP, PERSONAL_NUMBER, UAN, UNKNOWN ->
                new Verdict.Accepted(accepted, countryOf(number));
        };
    }

    private static Verdict unread(String text, NumberParseException.ErrorType type) {
        return switch (type) {
            case INVALID_COUNTRY_CODE ->
                text.strip().startsWith("+")
                        ? refused("impossible", text, "a country code that exists after the +")
                        : refused("no_region", text, "+ and the country code first, such as +44 20 7946 0123");
            case NOT_A_NUMBER, TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN, TOO_LONG ->
                refused("impossible", text, "a telephone number, such as +44 20 7946 0123");
        };
    }

    private String possible(PhoneNumber number) {
        return switch (plans.isPossibleNumberWithReason(number)) {
            case TOO_SHORT -> "more digits after +" + number.getCountryCode();
            case TOO_LONG -> "fewer digits after +" + number.getCountryCode();
            case IS_POSSIBLE_LOCAL_ONLY -> "a number with its area code";
            case INVALID_COUNTRY_CODE, INVALID_LENGTH, IS_POSSIBLE ->
                "another count of digits after +" + number.getCountryCode();
        };
    }

    /// ISO 3166 region; `ZZ` for numbers of no country, such as satellite telephones.
    private String countryOf(PhoneNumber number) {
        var region = plans.getRegionCodeForNumber(number);
        if (region == null) {
            region = plans.getRegionCodeForCountryCode(number.getCountryCode());
        }
        return region.matches("[A-Z]{2}") ? region : NOWHERE;
    }

    private static Verdict refused(String reason, String text, String expected) {
        var shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
        return new Verdict.Refused(reason, E164.mask(shown) + " cannot be called (expected: " + expected + ")");
    }
}
