package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EffectiveConfigTest {

    @TempDir
    Path directory;

    @Test
    void the_sample_is_shown_with_its_numbers_masked() {
        assertThat(EffectiveConfig.print(EngineConfigReader.read(Path.of("../conf/engine.yaml"))))
                .isEqualTo("""
                        user_agents:
                          count: 1
                          local: "0.0.0.0:0"
                          shared_port: false
                          advertised: []
                          max_calls: 16384
                          event_capacity: 131072
                          receive_buffer: 8MiB
                        timers: {t1: 500ms, t2: 4s, timeout: 32s, linger: 32s, tick: 2ms}
                        dns: {servers: [], timeout: 1s}
                        capture: {ladders: 20MiB}
                        trunks:
                          loopback:
                            target: "127.0.0.1:5070"
                            sources: []
                            transports: [udp]
                            tls: {versions: ["1.2", "1.3"], allow_wildcard: false}
                            failover: {after: 4s, probe: 2s}
                            signalling: {100rel: off, domain: "", routes: [], headers: {}}
                            refusals: {}
                            overload_control: false
                            guards: {answered: off, short_calls: off, effective: off, short_call: 6s, window: 300s, \
                        min_calls: 100, rest: 60s, test_calls: 10}
                            caller_headers: {p_preferred_identity: false}
                            caller_ids: ["+1202*******", "+1202*******..+1202*******", "+1202*******", \
                        "+1202*******..+1202*******", "+4420********..+4420********"]
                            flash_calls_allowed: true
                            numbers: {format: +e164, user_phone: true, p_asserted_identity: false, \
                        remote_party_id: false, from_domain: ""}
                            ring_policy: 180
                            ring_time: 1500ms
                            setup_timeout: 12s
                            max_channels: 1000
                            calls_per_second: 100
                        """);
    }

    @Test
    void but_for_the_numbers_it_can_be_read_back() {
        var config = new ConfigFile(directory, """
                user_agents: {local: "[::1]:5060", shared_port: true, advertised: "[2001:db8::1]", receive_buffer: 100000}
                dns: {servers: 192.0.2.53, timeout: 500ms}
                capture:
                  ladders: 0
                  hep: {host: "[2001:db8::9]", port: 9061, capture_id: 4294967295, sample: 0.25}
                  pcap: {directory: /var/wire, trunk: a, file_size: 1MiB, files: 20, per: call}
                trunks:
                  a:
                    target: "[2001:db8::2]"
                    auth: {username: us, password_file: /run/secrets/carrier}
                    failover: {after: 2s, probe: 30s}
                    transports: [tls, tcp, udp]
                    tls:
                      trust_store: /etc/ca.pem
                      client_certificate: /etc/us.pem
                      client_key: /etc/us.key
                      versions: "1.3"
                      server_name: carrier.example
                      allow_wildcard: true
                    signalling:
                      100rel: supported
                      domain: "carrier.example:5062"
                      routes: ["sip:edge.carrier.example;lr"]
                      headers: {X-Account: "12:34", X-Name: 'a "b" \\ c', Diversion: <sip:a@b>}
                    refusals: {"603": busy, "q850:21": unavailable, "603+": blocked}
                    overload_control: true
                    guards: {answered: 5, short_calls: 20, effective: 40, short_call: 10s, min_calls: 50}
                    caller_headers:
                      p_preferred_identity: true
                      privacy: header
                      charging_vector: {orig_ioi: flash.example, generated_at: "[2001:db8::9]"}
                    redirects: {hosts: [192.0.2.16/28, "2001:db8::/64"], most: 5}
                    registration: {user: us, registrar: "ims.example:5070", expires: 1h}
                    stir:
                      attestation: B
                      private_key: /run/secrets/stir.key
                      x5u: https://cert.example.org:8443/shaken.pem
                      origid: 123E4567-e89b-12d3-a456-426655440000
                    caller_ids: []
                    flash_calls_allowed: false
                    numbers: {format: national, country_code: 44, national_prefix: 0, international_prefix: ""}
                    ring_policy: {183-after: 800ms}
                """).config();

        assertThat(new ConfigFile(directory, EffectiveConfig.print(config)).config())
                .isEqualTo(config);
    }

    @Test
    void the_key_of_a_collector_is_not_shown() {
        var config = new ConfigFile(directory, """
                capture: {hep: {host: homer.example, auth_key: "${KEY}"}}
                """ + ConfigFile.TRUNK).config(Map.of("KEY", "very-secret"));

        assertThat(config.capture().hep().orElseThrow().authKey()).isEqualTo("very-secret");
        assertThat(EffectiveConfig.print(config))
                .contains(
                        "capture: {ladders: 20MiB, hep: {host: \"homer.example\", port: 9060, capture_id: 1, auth_key: \"***\","
                                + " sample: 1.0}}\n")
                .doesNotContain("very-secret");
    }
}
