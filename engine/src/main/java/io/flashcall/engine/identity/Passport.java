package io.flashcall.engine.identity;

import io.flashcall.engine.StirConfig.Attestation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The claims of a SHAKEN PASSporT (RFC 8225 §5, RFC 8588 §4), and its two JSON texts in canonical form.
///
/// @param x5u         where the certificate is
/// @param attestation `attest`
/// @param dest        the called numbers, at least one
/// @param iat         when it was signed
/// @param orig        the calling number
/// @param origid      opaque
record Passport(String x5u, Attestation attestation, List<String> dest, Instant iat, String orig, String origid) {

    private static final int LONGEST_ORIGID = 256;
    private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,10}");

    /// No value needs an escape: URIs and UUIDs hold neither quotation mark nor backslash.
    static String header(String x5u) {
        return "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"" + x5u + "\"}";
    }

    /// Names in lexicographic order and no space between (RFC 8225 §9).
    ///
    /// @param dest digits alone, as `orig`
    static String payload(Attestation attestation, String dest, long iat, String orig, String origid) {
        return "{\"attest\":\"" + attestation + "\",\"dest\":{\"tn\":[\"" + dest + "\"]},\"iat\":" + iat
                + ",\"orig\":{\"tn\":\"" + orig + "\"},\"origid\":\"" + origid + "\"}";
    }

    /// Reads what a peer signed. Claims that we do not know are let be (RFC 8225 §8).
    ///
    /// @throws Objection if one of ours is missing or wrong
    static Passport read(byte[] headerJson, byte[] payloadJson) {
        var header = members(json(headerJson), "the header");
        expect("passport", text(header, "typ"), Fault.BAD_CLAIMS, "typ");
        expect("shaken", text(header, "ppt"), Fault.CONTRADICTION, "ppt");
        expect("ES256", text(header, "alg"), Fault.UNSUPPORTED_ALGORITHM, "alg");
        if (header.containsKey("crit")) {
            throw new Objection(Fault.BAD_CLAIMS, "crit: we know no extension that must be understood");
        }
        var claims = members(json(payloadJson), "the payload");
        return new Passport(
                text(header, "x5u"),
                attestation(text(claims, "attest")),
                numbers(member(members(member(claims, "dest"), "dest"), "tn")),
                iat(member(claims, "iat")),
                number(member(members(member(claims, "orig"), "orig"), "tn"), "orig.tn"),
                origid(text(claims, "origid")));
    }

    private static Json json(byte[] utf8) {
        try {
            return JsonReader.read(utf8);
        } catch (IllegalArgumentException e) {
            throw new Objection(Fault.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Json> members(Json json, String name) {
        if (json instanceof Json.Members(var byName)) {
            return byName;
        }
        throw new Objection(Fault.BAD_CLAIMS, name + " is not an object");
    }

    private static Json member(Map<String, Json> members, String name) {
        var member = members.get(name);
        if (member == null) {
            throw new Objection(Fault.BAD_CLAIMS, name + " is missing");
        }
        return member;
    }

    private static String text(Map<String, Json> members, String name) {
        return text(member(members, name), name);
    }

    private static String text(Json json, String name) {
        if (json instanceof Json.Text(var value)) {
            return value;
        }
        throw new Objection(Fault.BAD_CLAIMS, name + " is not a string");
    }

    private static void expect(String expected, String value, Fault fault, String name) {
        if (!value.equals(expected)) {
            throw new Objection(fault, name + " is another than " + expected);
        }
    }

    private static Attestation attestation(String text) {
        return switch (text) {
            case "A" -> Attestation.A;
            case "B" -> Attestation.B;
            case "C" -> Attestation.C;
            default -> throw new Objection(Fault.BAD_CLAIMS, "attest is none of A, B, C");
        };
    }

    private static Instant iat(Json json) {
        if (json instanceof Json.Numeral(var text) && SECONDS.matcher(text).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        throw new Objection(Fault.BAD_CLAIMS, "iat is not a number of seconds");
    }

    private static List<String> numbers(Json json) {
        if (json instanceof Json.Elements(var all) && !all.isEmpty()) {
            return all.stream().map(each -> number(each, "dest.tn")).toList();
        }
        throw new Objection(Fault.BAD_CLAIMS, "dest.tn is not an array of numbers");
    }

    private static String number(Json json, String name) {
        String number = text(json, name);
        if (!TelephoneNumber.isCanonical(number)) {
            throw new Objection(Fault.BAD_CLAIMS, name + " is not digits alone");
        }
        return number;
    }

    private static String origid(String text) {
        if (text.isEmpty() || text.length() > LONGEST_ORIGID) {
            throw new Objection(Fault.BAD_CLAIMS, "origid is empty or longer than " + LONGEST_ORIGID);
        }
        return text;
    }
}
