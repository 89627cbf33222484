package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Form;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Verifications.Subject;
import io.flashcall.verification.Verifications.Wishes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The body of a start.
record StartForm(String to, Subject subject, Wishes wishes) {

    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_REFERENCE = 128;
    private static final int LONGEST_TRANSACTION = 4096;
    private static final int MOST_CHANNELS = 8;
    private static final int DAY_SECONDS = 86_400;
    private static final int MINUTE_MILLIS = 60_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,32}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
    // What RFC 5321 allows without quotes, and domains in any script; whether there is such a mailbox, only a message
    // tells.
    private static final Pattern EMAIL = Pattern.compile("(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,62}\\.)+[\\p{L}\\p{M}\\p{N}-]{2,63}");
    private static final Pattern CODE = Pattern.compile("\\d{4,6}");
    private static final String NAME_WORDS = "1 to 32 of a-z 0-9 _";

    static StartForm read(Form form, boolean server) {
        var to = form.required("to", LONGEST_NUMBER, "the number to verify, such as \"+441614960123\"");
        var subject = new Subject(
                form.text("purpose", NAME, NAME_WORDS + ", such as signup or login")
                        .orElse("signup"),
                form.text("user_reference", LONGEST_REFERENCE),
                form.object("transaction", LONGEST_TRANSACTION),
                form.text("language", LANGUAGE, "a language tag such as en or pt-BR"),
                form.text("email", EMAIL, "an address such as user@shop.example"));
        var wishes = new Wishes(
                form.integer("code_length", 1, 100),
                form.integer("ttl_seconds", 1, DAY_SECONDS).map(Duration::ofSeconds),
                form.integer("checks", 1, 100),
                form.integer("sends", 1, 100),
                channels(form),
                form.integer("ring_time_ms", 0, MINUTE_MILLIS).map(Duration::ofMillis),
                form.text("requested_code", CODE, "4 to 6 digits"));
        if (!server && wishes.requestedCode().isPresent()) {
            form.fault("requested_code", "takes a server key (fc_srv_…): whoever chooses the code need not receive it");
        }
        form.done();
        return new StartForm(to, subject, wishes);
    }

    private static Optional<List<ChannelName>> channels(Form form) {
        var names = form.list("channels", MOST_CHANNELS, "[\"flash_call\", \"sms\"]");
        if (names.isEmpty()) {
            return Optional.empty();
        }
        var channels = new ArrayList<ChannelName>();
        for (var name : names.get()) {
            if (!NAME.matcher(name).matches()) {
                return form.fault(
                        "channels", "holds something that is no channel's name (expected: " + NAME_WORDS + ")");
            }
            channels.add(new ChannelName(name));
        }
        return channels.isEmpty()
                ? form.fault("channels", "is empty (expected: at least one; leave it out for the app's own)")
                : Optional.of(List.copyOf(channels));
    }
}
