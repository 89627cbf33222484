package io.flashcall.verification.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.flashcall.engine.E164;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// All the ways in which a telephone writes one number, as digits: they are listed rather than what somebody typed
/// interpreted, so that no other number fits.
///
/// @param forms with `+` ahead where that belongs to it
record WrittenForms(List<String> forms) {

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
    private static final List<String> FROM_ABROAD = List.of("+", "", "00", "011");

    /// `+442079460123`: with or without `+`, after 00 or 011, with a (0) that people put in, and as in Britain, with or
    /// without its 0.
    static WrittenForms of(E164 number) {
        var forms = new ArrayList<String>();
        FROM_ABROAD.forEach(prefix -> forms.add(prefix + number.digits()));
        try {
            addNational(PLANS.parse("+" + number.digits(), null), forms);
        } catch (NumberParseException _) {
            // Of no country: it has no other form.
        }
        return new WrittenForms(forms);
    }

    /// In a time that does not depend on which form it is, or where it differs.
    boolean contain(String typed) {
        byte[] bytes = typed.getBytes(StandardCharsets.US_ASCII);
        boolean found = false;
        for (var form : forms) {
            found |= MessageDigest.isEqual(form.getBytes(StandardCharsets.US_ASCII), bytes);
        }
        return found;
    }

    private static void addNational(PhoneNumber number, List<String> forms) {
        var significant = PLANS.getNationalSignificantNumber(number);
        forms.add(significant);
        forms.add(PhoneNumberUtil.normalizeDigitsOnly(PLANS.format(number, PhoneNumberFormat.NATIONAL)));
        var region = PLANS.getRegionCodeForCountryCode(number.getCountryCode());
        var trunkPrefix = PLANS.getNddPrefixForRegion(region, true);
        if (trunkPrefix != null && !trunkPrefix.isEmpty()) {
            forms.add(trunkPrefix + significant);
            var inBrackets = number.getCountryCode() + trunkPrefix + significant;
            FROM_ABROAD.forEach(prefix -> forms.add(prefix + inBrackets));
        }
    }

    @Override
    public String toString() {
        return "WrittenForms[hidden]";
    }
}
