package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EffectiveServerConfigTest {

    @Test
    void the_sample_is_shown_with_its_numbers_masked() {
        var config = ServerConfigReader.read(Path.of("../conf/server.yaml"), Map.of());

        assertThat(EffectiveServerConfig.text(config)).startsWith("""
                        listen: "127.0.0.1:8080"
                        trusted_proxies: []
                        body_limit: 64KiB
                        request_timeout: 10s
                        store: {path: ./data/flashcall.db}
                        retention: 30d
                        master_key: {file: ./data/master.key}
                        limits:
                          starts_per_destination: [3 in 600s, 5 in 3600s]
                          starts_per_address: [10 in 3600s]
                          failed_checks_per_day: 10
                          caller_id_cool_down: 1d
                          quarantine: {destinations: 3, within: 1d, for: 1d}
                        engine:
                          user_agents:
                            count: 1
                        """).endsWith("""
                        pools:
                          uk-drama: {"name":"uk-drama","owner":"nobody, they are kept for drama",\
                        "proof":"Ofcom's list of numbers for use in drama","country":"GB","trunks":["loopback"],\
                        "numbers":["+4420********..+4420********"],"active":true,"quarantined":[]}
                        routes:
                          - {prefix: "+", trunk: loopback, pool: uk-drama, price: 0.004 EUR, same_country: false}
                        prices: {sheets: [], compare_with: sms}
                        apps:
                          demo: {"id":"demo","title":"Demo","cors_origins":[],"max_guess_chance":0.01,\
                        "code_length":{"default":4,"min":4,"max":6},"ttl":{"default":"120s","min":"30s","max":"600s"},\
                        "checks":{"default":3,"min":1,"max":5},"sends":{"default":3,"min":1,"max":5},\
                        "channels":["flash_call"],"ring_time":{"default":"1500ms","min":"500ms","max":"8s"},\
                        "purposes":{"transaction":{"checks":2,"sends":2}}}
                        webhooks:
                          timeout: 10s
                          allow_http: false
                          allow_private_addresses: []
                        """);
    }

    @Test
    void a_server_is_shown_without_its_password() {
        var config = ServerConfigReader.parse(
                ServerFile.ENGINE
                        + "store: {url: 'jdbc:postgresql://db:5432/flashcall', user: me, password: \"${PASSWORD}\"}\n",
                Path.of("."),
                Map.of("PASSWORD", "hush"));

        assertThat(EffectiveServerConfig.text(config))
                .contains("store: {url: \"jdbc:postgresql://db:5432/flashcall\", user: \"me\", password: \"***\","
                        + " connections: 16}\n")
                .doesNotContain("hush");
        assertThat(config.toString()).doesNotContain("hush");
    }

    @Test
    void a_key_from_a_variable_is_hidden() {
        var key = "A".repeat(43) + "=";
        var config =
                ServerConfigReader.parse(ServerFile.ENGINE + "master_key: ${KEY}\n", Path.of("."), Map.of("KEY", key));

        assertThat(EffectiveServerConfig.text(config))
                .contains("master_key: \"***\"")
                .doesNotContain(key);
    }
}
