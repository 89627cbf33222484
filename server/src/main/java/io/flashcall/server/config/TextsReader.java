package io.flashcall.server.config;

import io.flashcall.server.config.HttpChannelConfig.Texts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Reads what users are to read: one text, or texts by language.
final class TextsReader {

    static final String USUAL_MESSAGE = "{code} is your code for {app}. It is good for {minutes} min.";

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(?:-[a-z0-9]{2,8})*|default");

    private TextsReader() {}

    /// @param usual  stands where the key is absent
    /// @param values that the texts may name
    static Texts read(Section section, String key, String usual, Set<String> values) {
        if (!section.isMapping(key)) {
            var text = section.value(key, Kind.TEXT.expecting("a text, or texts by language"), usual);
            places(section, key, text, values);
            return new Texts(Map.of(Texts.DEFAULT, text));
        }
        var messages = new LinkedHashMap<String, String>();
        section.values(key, Kind.TEXT).forEach((language, text) -> {
            var tag = language.toLowerCase(Locale.ROOT);
            if (!LANGUAGE.matcher(tag).matches()) {
                section.tellOf(key, Masking.mask(language) + " (expected: default, or a language such as pt-BR)");
            }
            places(section, key, text, values);
            messages.put(tag, text);
        });
        if (!messages.containsKey(Texts.DEFAULT)) {
            section.tellOf(key, "no default (expected: default: TEXT, for all other languages)");
        }
        return new Texts(messages);
    }

    /// Says which places name no value.
    static void places(Section section, String key, String template, Set<String> values) {
        HttpChannelConfig.PLACE
                .matcher(template)
                .results()
                .map((MatchResult place) -> place.group(1))
                .filter(name -> !values.contains(name))
                .forEach(name -> section.tellOf(
                        key,
                        "{" + name + "} (expected: some of {" + String.join("}, {", new TreeSet<>(values)) + "})"));
    }
}
