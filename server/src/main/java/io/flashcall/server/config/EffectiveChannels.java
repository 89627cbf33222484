package io.flashcall.server.config;

import io.flashcall.engine.E164;
import io.flashcall.server.config.HttpChannelConfig.Texts;
import io.flashcall.server.config.ServerConfig.Outgoing;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.channel.ChannelRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Shows channels in the file's own notation. A provider's URL, headers and body may hold its credentials.
final class EffectiveChannels {

    private static final String HIDDEN = "***";

    private EffectiveChannels() {}

    /// One line each.
    static List<String> lines(Outgoing outgoing) {
        var flashCall = Optional.of(rules(outgoing.rulesOf(ChannelName.FLASH_CALL)))
                .filter(rules -> !rules.isEmpty())
                .map(rules -> line(ChannelName.FLASH_CALL, rules));
        var others = outgoing.channels().stream()
                .map(channel -> line(channel.name(), keys(channel) + more(rules(outgoing.rulesOf(channel.name())))));
        return Stream.concat(flashCall.stream(), others).toList();
    }

    private static String line(ChannelName name, String keys) {
        return "  " + name + ": {" + keys + "}";
    }

    private static String more(String keys) {
        return keys.isEmpty() ? "" : ", " + keys;
    }

    private static String keys(ChannelConfig channel) {
        return switch (channel) {
            case HttpChannelConfig http -> http(http);
            case EmailChannelConfig email -> email(email);
            case SmppChannelConfig smpp -> smpp(smpp);
        };
    }

    private static String http(HttpChannelConfig channel) {
        var request = channel.request();
        var content = request.content();
        var answers = channel.answers();
        var rule = answers.success();
        return "method: " + request.method() + ", url: \"" + origin(request.url()) + "/" + HIDDEN + "\", headers: "
                + hidden(request.headers().keySet())
                + (content.form().isEmpty()
                        ? ", body: " + HIDDEN
                        : ", form: " + hidden(content.form().keySet()))
                + ", content_type: " + content.type() + ", success: {status: "
                + rule.minStatus() + "-" + rule.maxStatus()
                + rule.pointer().map(pointer -> ", pointer: " + pointer).orElse("")
                + rule.expected().map(value -> ", equals: " + value).orElse("")
                + answers.messageId().map(pointer -> ", message_id: " + pointer).orElse("")
                + "}, timeout: " + Durations.text(answers.timeout()) + ", messages: " + languages(channel.texts())
                + channel.price().map(price -> ", price: " + price).orElse("")
                + ", allow_private_addresses: " + request.allowPrivateAddresses()
                + channel.receipts()
                        .map(receipts -> ", receipts: " + receipts(receipts))
                        .orElse("");
    }

    private static String hidden(Set<String> names) {
        return names.stream().sorted().map(name -> name + ": " + HIDDEN).collect(Collectors.joining(", ", "{", "}"));
    }

    /// With where the provider is to send them.
    private static String receipts(ReceiptRule rule) {
        boolean secretPath = rule.proofs().stream().anyMatch(ReceiptRule.Proof.SecretPath.class::isInstance);
        var url = rule.url()
                .map(text ->
                        "url: " + (secretPath ? text.substring(0, text.lastIndexOf('/') + 1) + HIDDEN : text) + ", ");
        return "{" + url.orElse("") + "proofs: " + rule.proofs().size() + "}";
    }

    private static String email(EmailChannelConfig channel) {
        var relay = channel.relay();
        var letter = channel.letter();
        return "type: email, host: \"" + relay.host() + "\", port: " + relay.port() + ", security: "
                + relay.security().label()
                + relay.login()
                        .map(_ -> ", user: " + HIDDEN + ", password: " + HIDDEN)
                        .orElse("")
                + relay.trust().map(file -> ", trust: " + file).orElse("")
                + ", from: \"" + channel.from() + "\", subject: " + languages(letter.subject()) + ", text: "
                + languages(letter.text())
                + letter.html().map(html -> ", html: " + languages(html)).orElse("")
                + ", timeout: " + Durations.text(channel.timeout())
                + channel.price().map(price -> ", price: " + price).orElse("");
    }

    private static String smpp(SmppChannelConfig channel) {
        var server = channel.server();
        var parties = channel.parties();
        var format = channel.format();
        var pace = channel.pace();
        return "type: smpp, host: \"" + server.host() + "\", port: " + server.port()
                + ", tls: "
                + server.tls() + server.trust().map(file -> ", trust: " + file).orElse("") + ", system_id: " + HIDDEN
                + ", password: " + HIDDEN + ", system_type: \"" + server.login().systemType() + "\", source: \""
                + source(parties) + "\", source_ton: " + SmppChannelReader.ton(parties.sourceKind())
                + ", source_npi: " + SmppChannelReader.npi(parties.sourceKind()) + ", destination_ton: "
                + SmppChannelReader.ton(parties.destinationKind()) + ", destination_npi: "
                + SmppChannelReader.npi(parties.destinationKind()) + ", window: " + pace.window() + ", bind_timeout: "
                + Durations.text(pace.timeouts().bind()) + ", response_timeout: "
                + Durations.text(pace.timeouts().response()) + ", enquire_link: "
                + Durations.text(pace.timeouts().enquireLink()) + ", reconnect: {min: "
                + Durations.text(pace.reconnect().least()) + ", max: "
                + Durations.text(pace.reconnect().most()) + ", down_after: "
                + Durations.text(pace.reconnect().downAfter()) + "}, patience: " + Durations.text(pace.patience())
                + ", data_coding: " + format.coding().label() + ", long_messages: "
                + format.split().label() + ", validity: " + format.validity().label() + ", message_id_radix: "
                + format.radix().label() + ", messages: "
                + languages(format.texts())
                + channel.price().map(price -> ", price: " + price).orElse("");
    }

    private static String source(SmppChannelConfig.Parties parties) {
        return parties.sourceKind().equals(SmppChannelConfig.AddressKind.E164)
                ? E164.mask("+" + parties.source())
                : parties.source();
    }

    private static String rules(ChannelRules rules) {
        return Stream.of(
                        rules.pace().map(pace -> "pace: " + pace),
                        rules.time().map(time -> "time: " + Durations.text(time)),
                        regions("countries", rules.countries().only()),
                        regions("not_countries", rules.countries().except()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> regions(String key, Set<String> regions) {
        return regions.isEmpty()
                ? Optional.empty()
                : Optional.of(key + ": " + regions.stream().sorted().toList());
    }

    private static List<String> languages(Texts texts) {
        return texts.messages().keySet().stream().sorted().toList();
    }

    private static String origin(String url) {
        int end = url.indexOf('/', url.indexOf("://") + 3);
        return (end < 0 ? url : url.substring(0, end)).replaceFirst("\\?.*", "");
    }
}
