package io.flashcall.server.http.resource;

import io.flashcall.server.http.access.Tenants;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Form;
import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the body of a webhook.
public final class WebhookForms {

    private static final Pattern APP = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final int LONGEST_URL = 2048;
    private static final int MOST_EVENTS = 32;

    private final Tenants tenants;
    private final boolean plainAllowed;

    /// @param plainAllowed whether `http:` will do
    public WebhookForms(Tenants tenants, boolean plainAllowed) {
        this.tenants = tenants;
        this.plainAllowed = plainAllowed;
    }

    /// @param types empty: all
    record Wish(AppId app, String url, Set<EventType> types, boolean enabled) {}

    /// A new one: a server key's is for its own app, an admin key names the app.
    Wish read(Call call) {
        var form = call.form();
        var named = form.text("app", APP, "an app's id: 1 to 32 of a-z 0-9 - _").map(AppId::new);
        var app = call.caller().ownApp().or(() -> named);
        if (app.isEmpty()) {
            form.missing("app", "the id of the app that it is for");
        } else if (named.isPresent() && !named.equals(app)) {
            form.fault("app", "is another app than the key's: leave it out");
        } else if (tenants.app(app.get()).isEmpty()) {
            form.fault("app", "names no app; GET /v1/apps lists them");
        }
        return rest(form, app);
    }

    /// A new state of one of this app.
    Wish read(Call call, AppId app) {
        var form = call.form();
        form.ignore("id", "app", "disabled_reason", "declared");
        return rest(form, Optional.of(app));
    }

    private Wish rest(Form form, Optional<AppId> app) {
        var url =
                form.required("url", LONGEST_URL, "where events are POSTed to, such as \"https://shop.example/hook\"");
        if (!url.isEmpty() && !isUsable(url)) {
            form.fault(
                    "url",
                    "cannot be used (expected: an absolute " + (plainAllowed ? "http or https" : "https")
                            + " URL with a host, without user name, password or fragment)");
        }
        var types = types(form);
        boolean enabled = form.flag("enabled").orElse(true);
        form.done();
        return new Wish(app.orElseThrow(), url, types, enabled);
    }

    private static Set<EventType> types(Form form) {
        var types = EnumSet.noneOf(EventType.class);
        for (var label :
                form.list("events", MOST_EVENTS, "[\"verification.verified\"]").orElseGet(List::of)) {
            var type = EventType.named(label).filter(EventType::isWebhook);
            type.ifPresentOrElse(
                    types::add,
                    () -> form.fault(
                            "events",
                            "holds an unknown event (expected: some of " + known() + "; or leave it out for all)"));
        }
        return types;
    }

    private static String known() {
        return Arrays.stream(EventType.values())
                .filter(EventType::isWebhook)
                .map(EventType::label)
                .collect(Collectors.joining(", "));
    }

    private boolean isUsable(String text) {
        try {
            var url = URI.create(text);
            boolean secure = "https".equalsIgnoreCase(url.getScheme());
            boolean plain = plainAllowed && "http".equalsIgnoreCase(url.getScheme());
            return (secure || plain)
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
