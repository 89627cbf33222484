package io.flashcall.server.system;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a PromQL expression names: enough of its grammar for the rules and the dashboard of this house.
final class PromQl {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"");
    private static final Pattern SELECTOR = Pattern.compile("(" + NAME + ")\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern METRIC = Pattern.compile("(?<![\\w.:])" + NAME + "(?!\\s*\\(|[\\w:])");
    private static final Set<String> WORDS = Set.of("or", "and", "unless", "bool");

    private PromQl() {}

    /// The metrics that it reads.
    static Set<String> metrics(String expression) {
        var text = STRING.matcher(expression).replaceAll("\"\"");
        text = GROUPING.matcher(text).replaceAll(" ");
        text = text.replaceAll("\\{[^}]*}", " ").replaceAll("\\[[^]]*]", " ").replaceAll("\\boffset\\s+\\w+", " ");
        var found = new HashSet<String>();
        var name = METRIC.matcher(text);
        while (name.find()) {
            if (!WORDS.contains(name.group())) {
                found.add(name.group());
            }
        }
        return found;
    }

    /// The labels that it selects by, for each metric.
    static Map<String, Set<String>> labels(String expression) {
        var text = STRING.matcher(expression).replaceAll("\"\"");
        var found = new HashMap<String, Set<String>>();
        var selector = SELECTOR.matcher(text);
        while (selector.find()) {
            var matcher = MATCHER.matcher(selector.group(2));
            var labels = found.computeIfAbsent(selector.group(1), _ -> new HashSet<>());
            while (matcher.find()) {
                labels.add(matcher.group(1));
            }
        }
        return found;
    }
}
