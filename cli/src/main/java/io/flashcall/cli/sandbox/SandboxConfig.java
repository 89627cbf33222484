package io.flashcall.cli.sandbox;

import io.flashcall.server.config.Addresses;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// The configuration of a service that calls over the testbed's carrier and tells whoever listens on this machine.
///
/// @param folder  for the store and the master key
/// @param listen  where the API listens
/// @param carrier where the carrier listens
/// @param inboxes where messages go; empty: there is no channel but the flash call
/// @param pace    how much is allowed
public record SandboxConfig(
        Path folder, InetSocketAddress listen, InetSocketAddress carrier, Optional<Inboxes> inboxes, Pace pace) {

    /// The app that verifies.
    public static final String APP = "demo";

    /// The trunk to the carrier.
    public static final String TRUNK = "testbed";

    /// The thousand London numbers that are kept for drama, and that nobody has.
    public static final String NUMBERS = "+442079460000..+442079460999";

    /// Who has not entered a code by then gets a message: soon, for somebody who watches.
    private static final String CHANNELS = "{name: flash_call, time: 9s}, {name: sms, time: 10s}, email";

    /// @param sms   where text messages are posted, to the number as a last segment
    /// @param token ends the address where receipts of text messages come: 22 or more of A-Z a-z 0-9 - _
    /// @param email the mail server, whom anybody may give mail
    public record Inboxes(URI sms, String token, InetSocketAddress email) {}

    /// @param startsPerDestination as the configuration writes it
    /// @param callsPerSecond       of the trunk
    /// @param maxChannels          of the trunk
    /// @param maxCalls             at once, those that wait for a silent carrier included
    public record Pace(String startsPerDestination, int callsPerSecond, int maxChannels, int maxCalls) {

        /// For somebody who tries things with one number, again and again.
        public static final Pace PERSON = new Pace("30 in 10m", 100, 1_000, 4_096);

        /// For a load of up to 3,000 a second.
        public static final Pace LOAD = new Pace("30 in 10m", 10_000, 100_000, 32_768);
    }

    /// Notation of `conf/server.yaml`.
    public String text() {
        return """
                listen: "%s"
                store: {path: "%s"}
                master_key: {file: "%s"}
                engine:
                  user_agents: {local: "127.0.0.1:0", max_calls: %d, event_capacity: %d}
                  trunks:
                    %s:
                      target: "%s"
                      caller_ids: ["%s"]
                      flash_calls_allowed: true
                      calls_per_second: %d
                      max_channels: %d
                limits: {starts_per_destination: ["%s"], failed_checks_per_day: 1000}
                pools:
                  drama:
                    owner: nobody, they are kept for drama
                    proof: Ofcom's list of numbers for use in drama
                    country: GB
                    trunks: [%s]
                    numbers: ["%s"]
                routes:
                  - {prefix: "+", trunk: %s, pool: drama, price: 0.004 EUR}
                webhooks: {allow_http: true, allow_private_addresses: ["127.0.0.0/8"]}
                apps:
                  %s:
                    title: Flashcall demo
                    default_region: GB
                    channels: [%s]
                """.formatted(
                                Addresses.text(listen),
                                folder.resolve("flashcall.db"),
                                folder.resolve("master.key"),
                                pace.maxCalls(),
                                5 * pace.maxCalls(),
                                TRUNK,
                                Addresses.text(carrier),
                                NUMBERS,
                                pace.callsPerSecond(),
                                pace.maxChannels(),
                                pace.startsPerDestination(),
                                TRUNK,
                                NUMBERS,
                                TRUNK,
                                APP,
                                inboxes.isPresent() ? CHANNELS : "flash_call")
                + inboxes.map(SandboxConfig::channels).orElse("");
    }

    private static String channels(Inboxes inboxes) {
        return """
                channels:
                  sms:
                    url: "%s/{digits}"
                    body: '{"text": "{text}"}'
                    success: {status: 202, message_id: /id}
                    receipts: {id: /id, status: /status, delivered: [delivered], secret_path: "%s"}
                    messages: "{code} is your code for {app}. Nobody will ever ask you for it."
                    price: 0.05 EUR
                    allow_private_addresses: true
                  email:
                    type: email
                    host: "%s"
                    port: %d
                    security: none
                    from: Flashcall demo <no-reply@demo.example>
                    text: "{code} is your code for {app}. Nobody will ever ask you for it."
                    price: 0.001 EUR
                """.formatted(
                        inboxes.sms(),
                        inboxes.token(),
                        inboxes.email().getAddress().getHostAddress(),
                        inboxes.email().getPort());
    }
}
