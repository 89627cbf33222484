package io.flashcall.server.config;

import io.flashcall.server.config.HttpChannelConfig.Content;
import io.flashcall.server.config.HttpChannelConfig.Request;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads what a channel asks its provider.
final class HttpRequestReader {

    private static final Kind<String> METHOD = Kind.oneOf(List.of("POST", "PUT", "GET"));
    private static final Pattern URL =
            Pattern.compile("https?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?(?:[/?][^\\s#]*)?");
    private static final Pattern AUTHORITY = Pattern.compile("https?://[^/?#]*");
    private static final Kind<String> TEMPLATE_URL = Kind.SECRET.expecting(
            "a URL, https://HOST/PATH or http://HOST/PATH, with values such as {to} in its path or query alone");
    private static final Kind<String> CONTENT_TYPE = Kind.matching(
            "a content type such as application/json", Pattern.compile("[\\w.+-]+/[\\w.+-]+(?:; ?[\\w=-]+)*"));
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,32}");

    /// A member of JSON that is nothing but the URL of receipts, with the comma that goes with it.
    private static final Pattern RECEIPT_MEMBER =
            Pattern.compile(",\\s*\"\\w+\"\\s*:\\s*\"\\{receipt_url}\"|\"\\w+\"\\s*:\\s*\"\\{receipt_url}\"\\s*,?");

    private static final String AUTHORIZATION = "Authorization";
    private static final String BODY = "body";
    private static final String FORM = "form";
    private static final String VALUES = "values";
    private static final String HEADERS = "headers";

    private HttpRequestReader() {}

    /// What the file names for templates to use.
    static Map<String, String> constants(Section section) {
        var constants = section.values(VALUES, Kind.SECRET);
        for (var name : constants.keySet()) {
            if (!NAME.matcher(name).matches()
                    || HttpChannelConfig.REQUEST_VALUES.contains(name)
                    || name.equals(HttpChannelConfig.RECEIPT_URL)) {
                section.tellOf(
                        VALUES,
                        Masking.mask(name) + " (expected: names of a-z and _, and not one that has a meaning already)");
            }
        }
        return constants;
    }

    /// @param constants with the URL for receipts
    static Optional<Request> read(Section section, Map<String, String> constants) {
        var method = section.value("method", METHOD, "POST");
        var url = section.required("url", TEMPLATE_URL).map(text -> settled(text, constants));
        var headers = headers(section, constants);
        var content = content(section, constants);
        boolean allowPrivate = section.value("allow_private_addresses", Kind.FLAG, false);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        var known = new HashSet<>(HttpChannelConfig.REQUEST_VALUES);
        known.addAll(constants.keySet());
        boolean readable = checkUrl(section, url.get(), known);
        headers.values().forEach(value -> TextsReader.places(section, HEADERS, value, known));
        TextsReader.places(section, BODY, content.body(), known);
        content.form().values().forEach(value -> TextsReader.places(section, FORM, value, known));
        if (readable) {
            checkUse(
                    section,
                    url.get() + " " + content.body() + " "
                            + String.join(" ", content.form().values()));
        }
        checkJson(section, content.type(), content.body());
        return Optional.of(new Request(method, url.get(), headers, content, constants, allowPrivate));
    }

    /// Puts constants where no escaping is needed.
    static String filled(String text, Map<String, String> constants) {
        return HttpChannelConfig.PLACE
                .matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(constants.getOrDefault(place.group(1), place.group())));
    }

    /// A host may be a constant: many providers give each customer one. Other values may not stand there.
    private static String settled(String url, Map<String, String> constants) {
        var authority = AUTHORITY.matcher(url);
        return authority.lookingAt() ? filled(authority.group(), constants) + url.substring(authority.end()) : url;
    }

    private static Map<String, String> headers(Section section, Map<String, String> constants) {
        var headers = new HashMap<>(section.values(HEADERS, Kind.SECRET));
        for (var name : headers.keySet()) {
            if (!HEADER.matcher(name).matches()) {
                section.tellOf(HEADERS, Masking.mask(name) + " (expected: the name of an HTTP header)");
            }
        }
        var user = section.optional("user", Kind.SECRET).map(text -> filled(text, constants));
        var password = section.optional("password", Kind.SECRET).map(text -> filled(text, constants));
        if (section.has("user") != section.has("password")) {
            section.tell(section.has("user") ? "password" : "user", "both user and password, or none");
        }
        if (user.isPresent() && headers.keySet().stream().anyMatch(AUTHORIZATION::equalsIgnoreCase)) {
            section.tellOf("user", "*** (expected: none beside the header Authorization)");
        }
        user.ifPresent(name -> password.ifPresent(
                secret -> headers.putIfAbsent(AUTHORIZATION, ReceiptRuleReader.basic(name, secret))));
        return headers;
    }

    private static Content content(Section section, Map<String, String> constants) {
        boolean receipts =
                !constants.getOrDefault(HttpChannelConfig.RECEIPT_URL, "").isEmpty();
        var body = section.value(BODY, Kind.SECRET, "");
        var form = new LinkedHashMap<>(section.values(FORM, Kind.SECRET));
        var type = section.value("content_type", CONTENT_TYPE, form.isEmpty() ? "application/json" : Content.FORM);
        if (!form.isEmpty() && !body.isEmpty()) {
            section.tellOf(FORM, "form and body (expected: one of them)");
        }
        if (!form.isEmpty() && !type.equals(Content.FORM)) {
            section.refuse("content_type", "none beside form");
        }
        return new Content(type, receipts ? body : RECEIPT_MEMBER.matcher(body).replaceAll(""), form);
    }

    /// @return whether it is a URL at all
    private static boolean checkUrl(Section section, String url, Set<String> known) {
        if (!URL.matcher(url).matches()) {
            section.tellOf("url", "*** (expected: " + TEMPLATE_URL.expected() + ")");
            return false;
        }
        TextsReader.places(section, "url", url, known);
        try {
            URI.create(HttpChannelConfig.PLACE.matcher(url).replaceAll("0"));
        } catch (IllegalArgumentException e) {
            section.tellOf("url", "*** (expected: a URL whose characters are escaped, such as %20 for a space)");
        }
        return true;
    }

    /// A request that names no number, or no code, is a mistake.
    private static void checkUse(Section section, String all) {
        var places = HttpChannelConfig.PLACE
                .matcher(all)
                .results()
                .map((MatchResult place) -> place.group(1))
                .collect(Collectors.toSet());
        var key = section.has(BODY) ? BODY : section.has(FORM) ? FORM : "url";
        if (!places.contains("to") && !places.contains("digits")) {
            section.tellOf(key, "no {to} and no {digits} (expected: whom to reach)");
        }
        if (!places.contains("text") && !places.contains("code") && !places.contains("spaced_code")) {
            section.tellOf(key, "no {text} and no {code} (expected: what to send)");
        }
    }

    private static void checkJson(Section section, String type, String body) {
        if (!type.contains("json") || body.isEmpty()) {
            return;
        }
        var sample = HttpChannelConfig.PLACE.matcher(body).replaceAll("0");
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), sample)) {
            while (parser.nextToken() != null) {
                // Only whether it can be read counts.
            }
        } catch (JacksonException e) {
            section.tellOf(BODY, "not JSON (expected: JSON, or another content_type)");
        }
    }
}
