package io.flashcall.server.store;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Terms;
import java.time.Duration;
import java.util.ArrayList;
import tools.jackson.databind.json.JsonMapper;

/// A session's terms as one column keeps them: a JSON object, durations in milliseconds.
final class TermsText {

    private static final JsonMapper JSON = JsonMapper.shared();

    private TermsText() {}

    static String write(Terms terms) {
        var text = JSON.createObjectNode()
                .put("code_length", terms.codeLength())
                .put("ttl", terms.timeToLive().toMillis())
                .put("checks", terms.checks())
                .put("sends", terms.sends())
                .put("ring_time", terms.ringTime().toMillis());
        var channels = text.putArray("channels");
        for (var channel : terms.channels()) {
            channels.addObject()
                    .put("name", channel.name().value())
                    .put("time", channel.time().toMillis());
        }
        return text.toString();
    }

    static Terms read(String text) {
        var terms = JSON.readTree(text);
        var channels = new ArrayList<PlannedChannel>();
        for (var channel : terms.required("channels")) {
            channels.add(new PlannedChannel(
                    new ChannelName(channel.required("name").stringValue()),
                    Duration.ofMillis(channel.required("time").longValue())));
        }
        return new Terms(
                terms.required("code_length").intValue(),
                Duration.ofMillis(terms.required("ttl").longValue()),
                terms.required("checks").intValue(),
                terms.required("sends").intValue(),
                channels,
                Duration.ofMillis(terms.required("ring_time").longValue()));
    }
}
