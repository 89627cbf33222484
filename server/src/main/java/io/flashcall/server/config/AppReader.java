package io.flashcall.server.config;

import io.flashcall.verification.App;
import io.flashcall.verification.App.Access;
import io.flashcall.verification.App.AuthorizationHook;
import io.flashcall.verification.App.RiskGuard;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Budget;
import io.flashcall.verification.Policy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads an app.
final class AppReader {

    static final Kind<AppId> APP = Kind.of("an app's id, 1 to 32 of a-z 0-9 - _", AppId::new);
    static final Kind<String> URL = Kind.matching(
            "a URL, https://HOST/PATH or http://HOST/PATH, without a user or fragment",
            Pattern.compile("https?://[^\\s/?#@]+(?:[/?][^\\s#]*)?"));
    static final Kind<String> WEBHOOK_SECRET =
            new Kind<>("whsec_ and the Base64 of 24 to 64 random bytes", AppReader::webhookSecret, Kind.SECRET.mask());

    private static final String WHSEC = "whsec_";
    private static final Kind<String> TITLE =
            Kind.matching("1 to 64 characters", Pattern.compile("[^\\p{Cntrl}]{1,64}"));
    private static final Kind<String> ORIGIN = Kind.matching(
            "an origin such as https://shop.example, without a path",
            Pattern.compile("https?://(?:\\[[0-9a-f:.]+]|[a-z0-9.-]+)(?::\\d{1,5})?"));
    private static final Kind<Duration> DEADLINE = Kind.between(Duration.ofMillis(100), Duration.ofSeconds(10));
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(2);
    private static final Kind<Double> CHANCE = Kind.of("above 0, at most 1, such as 0.01", AppReader::chance);
    private static final Kind<Integer> PERCENT = Kind.between(1, 100).expecting("1 to 100, percent of the budget");
    private static final Pattern PURPOSE = Pattern.compile("[a-z0-9_]{1,32}");

    private AppReader() {}

    /// An app whose id is one of its keys.
    static Optional<App> read(Section section) {
        var id = section.required("id", APP);
        var app = body(id.orElse(new AppId("unnamed")), section);
        return id.isPresent() ? app : Optional.empty();
    }

    /// An app whose id is the key of its section.
    static Optional<App> read(String name, Section section) {
        var id = section.named(APP, name);
        return id.flatMap(known -> body(known, section));
    }

    private static Optional<App> body(AppId id, Section section) {
        var title = section.value("title", TITLE, id.value());
        var access = access(section);
        var guard = guard(section);
        var policy = PolicyReader.read(section, Policy.DEFAULT);
        var purposes = purposes(section, policy);
        return Optional.of(new App(id, title, policy, purposes, access, guard));
    }

    private static Access access(Section section) {
        var region = section.optional("default_region", Kind.REGION);
        var origins = section.list("cors_origins", ORIGIN);
        var hook = section.has("authorization")
                ? section.section("authorization", AppReader::hook)
                : Optional.<AuthorizationHook>empty();
        return new Access(region, origins, hook);
    }

    private static Optional<AuthorizationHook> hook(Section section) {
        var url = section.required("url", URL);
        var secret = section.required("secret", WEBHOOK_SECRET);
        var deadline = section.value("deadline", DEADLINE, USUAL_DEADLINE);
        boolean failOpen = section.value("fail_open", Kind.FLAG, false);
        return url.flatMap(to -> secret.map(key -> new AuthorizationHook(to, key, deadline, failOpen)));
    }

    private static RiskGuard guard(Section section) {
        double chance = section.value("max_guess_chance", CHANCE, RiskGuard.DEFAULT.mostGuessChance());
        var starts = section.optional("starts_per_hour", Kind.between(1, Integer.MAX_VALUE));
        return new RiskGuard(chance, starts, section.section("budget", AppReader::budget));
    }

    private static Budget budget(Section section) {
        return new Budget(
                section.optional("day", Kind.BUDGET),
                section.optional("month", Kind.BUDGET),
                section.value("warn_at", PERCENT, Budget.USUAL_WARNING));
    }

    private static Map<String, Policy> purposes(Section section, Policy base) {
        var purposes = new HashMap<String, Policy>();
        section.sections("purposes", (name, purpose) -> {
            if (!PURPOSE.matcher(name).matches()) {
                purpose.refuseName(name, "a purpose, 1 to 32 of a-z 0-9 _");
            }
            purposes.put(name, PolicyReader.read(purpose, base));
            return Optional.of(name);
        });
        return purposes;
    }

    private static double chance(String text) {
        var chance = new BigDecimal(text).doubleValue();
        if (!(chance > 0 && chance <= 1)) {
            throw new IllegalArgumentException(text);
        }
        return chance;
    }

    private static String webhookSecret(String text) {
        int bytes = text.startsWith(WHSEC) ? Base64.getDecoder().decode(text.substring(WHSEC.length())).length : 0;
        if (bytes < 24 || bytes > 64) {
            throw new IllegalArgumentException("no secret of a webhook");
        }
        return text;
    }
}
