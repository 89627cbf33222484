package io.flashcall.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a carrier means something else by a refusal than most do. Only refusals before ringing are judged: a call
/// that rang has rung, whatever comes. Which answers are tried again, at another host or with credentials, is not
/// decided here.
///
/// @param overrides by what came: a status of 300 to 699 such as `480`, though not 401 or 407, which ask for
///                  credentials; a Q.850 cause of 0 to 127 such as `q850:21`; or `603+`, a block by analytics
///                  (ATIS-1000099)
public record RefusalRules(Map<String, RefusalMeaning> overrides) {

    /// The key of a block by analytics.
    public static final String NETWORK_BLOCKED = "603+";

    /// What the key of a Q.850 cause begins with.
    public static final String Q850 = "q850:";

    /// Every refusal means what most carriers mean by it.
    public static final RefusalRules STANDARD = new RefusalRules(Map.of());

    private static final Pattern STATUS = Pattern.compile("[3-6][0-9]{2}");
    private static final Pattern CAUSE = Pattern.compile(Q850 + "([0-9]|[1-9][0-9]|1[01][0-9]|12[0-7])");

    public RefusalRules {
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
        var problems = new Problems("");
        overrides
                .keySet()
                .forEach(
                        key -> problems.check(
                                isKnown(key),
                                "refusals." + key,
                                key,
                                "as its key, a status of 300 to 699 other than 401 and 407, q850: and a cause of 0 to 127, or 603+"));
        problems.throwIfAny();
    }

    private static boolean isKnown(String key) {
        boolean status = STATUS.matcher(key).matches() && !key.equals("401") && !key.equals("407");
        return status || CAUSE.matcher(key).matches() || key.equals(NETWORK_BLOCKED);
    }
}
