package io.flashcall.server.config;

import static io.flashcall.server.config.ServerFile.ENGINE;
import static io.flashcall.server.config.ServerFile.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallerIds.Range;
import io.flashcall.engine.Cidr;
import io.flashcall.server.config.ServerConfig.Declared;
import io.flashcall.server.config.ServerConfig.DeclaredEndpoint;
import io.flashcall.server.config.ServerConfig.Http;
import io.flashcall.server.config.ServerConfig.Network;
import io.flashcall.server.config.ServerConfig.Outgoing;
import io.flashcall.server.config.ServerConfig.Storage;
import io.flashcall.server.config.ServerConfig.Webhooks;
import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Price;
import io.flashcall.verification.guard.Limiter.Limit;
import io.flashcall.verification.guard.Limiter.Rate;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.number.QuarantineRule;
import io.flashcall.verification.routing.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ServerConfigReaderTest {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

    @TempDir
    Path directory;

    @Test
    void an_engine_is_enough() {
        var config = file(ENGINE).config();

        assertThat(config.http()).isEqualTo(Http.DEFAULT);
        assertThat(config.storage()).isEqualTo(Storage.DEFAULT);
        assertThat(config.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(config.declared()).isEqualTo(new Declared(List.of(), List.of(), List.of(), Set.of(), Prices.NONE));
        assertThat(config.outgoing()).isEqualTo(new Outgoing(List.of(), Map.of(), Webhooks.DEFAULT));
    }

    @Test
    void every_section_is_read() {
        var config = new ServerFile(directory, ENGINE + POOL + """
                listen: "[::1]:0"
                trusted_proxies: [10.0.0.0/8, 192.0.2.1]
                body_limit: 1KiB
                request_timeout: 3s
                public_url: https://verify.shop.example/codes
                store: {path: /var/lib/flashcall/db}
                retention: 7d
                master_key: ${KEY}
                limits:
                  starts_per_destination: 100 in 1m
                  starts_per_address: [1 in 1s, 20 in 1d]
                  failed_checks_per_day: 3
                  caller_id_cool_down: 0s
                  quarantine: {destinations: 5, within: 1h, for: 2d}
                routes: [{prefix: +44, trunk: a, pool: uk, price: 0.004 EUR, same_country: true}]
                apps: {shop: {title: Shop}}
                webhooks:
                  timeout: 2s
                  allow_private_addresses: [10.0.0.0/8]
                  endpoints: {app: shop, url: "https://shop.example/hook", events: verification.verified, secret: "${HOOK}"}
                """, Map.of("KEY", "A".repeat(43) + "=", "HOOK", SECRET))
                .config();

        assertThat(config.http())
                .isEqualTo(new Http(
                        Addresses.parse("[::1]:0", 0),
                        List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("192.0.2.1")),
                        1024,
                        Duration.ofSeconds(3),
                        Optional.of("https://verify.shop.example/codes")));
        assertThat(config.storage())
                .isEqualTo(new Storage(
                        new StoreConfig.File(Path.of("/var/lib/flashcall/db")),
                        Duration.ofDays(7),
                        new MasterKey.Given("A".repeat(43) + "=")));
        assertThat(config.limits())
                .isEqualTo(new Limits(
                        new Limit("starts_per_destination", List.of(new Rate(100, Duration.ofMinutes(1)))),
                        new Limit(
                                "starts_per_address",
                                List.of(new Rate(1, Duration.ofSeconds(1)), new Rate(20, Duration.ofDays(1)))),
                        3,
                        Duration.ZERO,
                        new QuarantineRule(5, Duration.ofHours(1), Duration.ofDays(2))));
        assertThat(config.declared().routes())
                .containsExactly(new Route("+44", "a", "uk", Optional.of(Price.parse("0.004 EUR")), true));
        assertThat(config.declared().pools().getFirst().numbers()).containsExactly(Range.parse("+442079460xxx"));
        assertThat(config.outgoing().webhooks())
                .isEqualTo(new Webhooks(
                        List.of(new DeclaredEndpoint(
                                new AppId("shop"),
                                "https://shop.example/hook",
                                Set.of(EventType.VERIFICATION_VERIFIED),
                                SECRET)),
                        Duration.ofSeconds(2),
                        new Network(List.of(Cidr.parse("10.0.0.0/8")), false)));
    }

    @Test
    void the_engine_may_have_a_file_of_its_own_whose_problems_are_told_too() throws IOException {
        Files.writeString(directory.resolve("sip.yaml"), ConfigFile.TRUNK);
        assertThat(file("engine: sip.yaml\n").config().engine().trunks()).hasSize(1);

        Files.writeString(directory.resolve("sip.yaml"), ConfigFile.TRUNK + "    ring_time: long\ntimers: {t1: 1ms}\n");
        file("listen: here\nengine: sip.yaml\n")
                .complains(
                        "line 1: listen: here (expected: an IP address or localhost, with or without :PORT, IPv6 in brackets)",
                        "line 2: engine: sip.yaml line 6: trunks.carrier-a.ring_time:"
                                + " long (expected: a duration such as 1500ms, 2s, 1m or PT2S)",
                        "line 2: engine: sip.yaml line 7: timers.t1: 1ms (expected: 5ms to 4s)");

        file("engine: none.yaml\n").complains("line 1: engine: none.yaml: file: not found (expected: a YAML file)");
        file("").complains(
                        "line 1: engine: missing (expected: the path of an engine.yaml relative to this file, or its keys)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "body_limit: 2MiB | body_limit: 2MiB (expected: 1KiB to 1MiB)",
                "request_timeout: 10m | request_timeout: 10m (expected: 1s to 300s)",
                "retention: 1m | retention: 1m (expected: 3600s to 3650d)",
                "store: data.db | store: data.db (expected: keys and values)",
                "store: {file: data.db} | store.file: unknown key (expected: one of url, path)",
                "store: {path: a, user: me} | store.user: unknown key (expected: one of url, path)",
                "store: {path: a, url: 'jdbc:postgresql://db/f'} | store.path: a (expected: either path or url, not both)",
                "store: {url: 'jdbc:mysql://db/f'} | store.url: ***"
                        + " (expected: jdbc:postgresql://HOST:PORT/DATABASE, its user and password as keys of their own)",
                "store: {url: 'jdbc:postgresql://db/f?password=hush'} | store.url: ***"
                        + " (expected: jdbc:postgresql://HOST:PORT/DATABASE, its user and password as keys of their own)",
                "store: {url: 'jdbc:postgresql://db/f', connections: 1} | store.connections: 1 (expected: 2 to 500)",
                "master_key: {} | master_key.file: missing (expected: the path of a file)",
                "limits: {starts_per_address: []} | limits.starts_per_address: [] (expected: at least one such as 3 in 10m)",
                "limits: {starts_per_address: 0 in 1m} | limits.starts_per_address: 0 in 1m (expected: 1 or more in 1s to 30d)",
                "limits: {starts_per_address: 10} | limits.starts_per_address: 10"
                        + " (expected: a duration such as 1500ms, 2s, 1m or PT2S)",
                "limits: {starts_per_adress: 10} | limits.starts_per_adress: unknown key (did you mean starts_per_address?)",
                "apps: {Shop: {}} | apps.Shop: Shop (expected: an app's id, 1 to 32 of a-z 0-9 - _)",
                "apps: [shop] | apps: [shop] (expected: keys and values)",
                "apps: {shop: {channels: [flash_call, fax]}} | apps.shop.channels: fax is not declared"
                        + " (expected: one of flash_call)",
                "apps: {shop: {purposes: {login: {channels: fax}}}} | apps.shop.purposes.login.channels: fax is not declared"
                        + " (expected: one of flash_call)",
                "routes: [{prefix: +44, trunk: c, pool: uk}] | routes[0].trunk: c is not declared (expected: one of a, b)",
                "routes: [{prefix: +44, trunk: a, pool: us}] | routes[0].pool: us is not declared (expected: one of uk)",
                "routes: [{prefix: +44, trunk: b, pool: uk}] | routes[0].pool: uk"
                        + " (expected: a pool that trunk b may show)",
                "routes: [{prefix: 44, trunk: a, pool: uk}] | routes[0].prefix: 44"
                        + " (expected: + and up to 15 digits, such as +44; + alone is every destination)",
                "routes: [{prefix: +44, trunk: a, pool: uk, price: 4}] | routes[0].price: 4"
                        + " (expected: an amount and a currency, such as 0.004 EUR)",
                "routes: [uk] | routes[0]: uk (expected: a list of {prefix: +44, trunk: NAME, pool: NAME})",
                "webhooks: {allow_private_addresses: maybe} | webhooks.allow_private_addresses: maybe"
                        + " (expected: true, false, or a list of addresses and blocks such as 10.0.0.0/8)"
            })
    void a_bad_value_is_named_with_what_was_expected(String line, String complaint) {
        file(ENGINE + POOL + line + "\n").complains("line 7: " + complaint);
    }

    @Test
    void an_endpoint_is_of_a_declared_app_and_speaks_tls() {
        file(ENGINE + """
                apps: {shop: {}}
                webhooks:
                  endpoints:
                    - app: shpo
                      url: http://shop.example/hook
                      events: [verification.verified, verification.done]
                      secret: short
                """)
                .complains(
                        "line 9: webhooks.endpoints[0].url: http://shop.example/hook"
                                + " (expected: https://, or webhooks.allow_http: true)",
                        "line 10: webhooks.endpoints[0].events[1]: verification.done (expected: verification.started,"
                                + " verification.verified, verification.failed, verification.expired,"
                                + " verification.canceled, call.ringing, call.delivered, call.failed, message.delivered, message.failed,"
                                + " channel.fallback, budget.warning, budget.exhausted or caller_id.quarantined)",
                        "line 11: webhooks.endpoints[0].secret: *** (expected: whsec_ and the Base64 of 24 to 64 random bytes)");
    }

    @Test
    void an_endpoint_is_declared_once() {
        file(ENGINE + """
                apps: {shop: {}}
                webhooks:
                  endpoints:
                    - {app: shop, url: "https://shop.example/hook", secret: %1$s}
                    - {app: shop, url: "https://shop.example/hook", secret: %1$s}
                """.formatted(SECRET))
                .complains("line 9: webhooks.endpoints[1].url: given twice for app shop (expected: once)");
    }

    @Test
    void a_key_in_the_clear_is_not_shown_when_it_is_wrong() {
        file(ENGINE + "master_key: c2VjcmV0\n")
                .complains("line 5: master_key: *** (expected: ${NAME}, a variable that holds " + MasterKey.EXPECTED
                        + "; or {file: PATH})");
    }

    @Test
    void routes_may_draw_from_a_pool_that_only_the_api_knows() {
        var config = file(ENGINE + "pools_of_api: [us]\nroutes: [{prefix: +1, trunk: b, pool: us}]\n")
                .config();

        assertThat(config.declared().routes()).hasSize(1);
    }

    @Test
    void a_pool_s_numbers_may_stand_in_a_csv_file() throws IOException {
        Files.writeString(directory.resolve("plain.csv"), """
                # ours since May
                +442079460000
                +442079460010..+442079460019   # a block
                """);
        Files.writeString(
                directory.resolve("table.csv"), "note;number;range\nx;+442079461000;\ny;;\"+4420794611xx\"\n");

        var pools = file(ENGINE + """
                pools:
                  plain: {owner: Us, proof: order 1, country: GB, trunks: a, numbers_file: plain.csv, numbers: +442079460001}
                  table: {owner: Us, proof: order 1, country: GB, trunks: a, numbers_file: table.csv}
                """).config().declared().pools();

        assertThat(pools.getFirst().numbers())
                .containsExactly(
                        Range.parse("+442079460000"),
                        Range.parse("+442079460010..+442079460019"),
                        Range.parse("+442079460001"));
        assertThat(pools.getLast().numbers())
                .containsExactly(Range.parse("+442079461000"), Range.parse("+4420794611xx"));
    }

    @Test
    void a_problem_in_a_csv_file_is_told_with_both_lines() throws IOException {
        Files.writeString(directory.resolve("pool.csv"), "number\n\n+442079460000\n02079460001\n");

        file(ENGINE + """
                pools:
                  uk: {owner: Us, proof: order 1, country: GB, trunks: a, numbers_file: pool.csv}
                  us: {owner: Us, proof: order 1, country: US, trunks: b, numbers_file: none.csv}
                """)
                .complains(
                        "line 6: pools.uk.numbers_file: pool.csv line 4: 0207*******"
                                + " (expected: +12025550123, a range +12025550100..+12025550199, or +120255501xx)",
                        "line 7: pools.us.numbers_file: none.csv: not found"
                                + " (expected: a CSV file, its path relative to this file)");
    }

    @Test
    void a_pool_shows_only_what_its_trunks_were_given() {
        file(ENGINE + """
                pools:
                  uk: {owner: Us, proof: order 1, country: GB, trunks: [a, c], numbers: [+442079460xxx, +442079462xxx]}
                """)
                .complains(
                        "line 6: pools.uk.numbers: entry 2 (+4420********..+4420********) is not within the caller_ids"
                                + " of trunk a (expected: only numbers that the trunk lists)",
                        "line 6: pools.uk.trunks: c is not configured (expected: some of a, b)");
    }

    @Test
    void an_app_whose_codes_would_be_too_easy_to_guess_is_refused_and_told_the_size_that_would_do() {
        var weak = ENGINE + """
                pools:
                  uk: {owner: Us, proof: order 1, country: GB, trunks: a, numbers: +4420794600xx}
                routes: [{prefix: +, trunk: a, pool: uk}]
                """;

        assertThat(file(weak + "apps:\n  shop: {}\n").complaint())
                .startsWith("server.yaml: 1 problem\n  line 9: apps.shop: pool uk has 100 distinct endings of 4 digits")
                .endsWith("(expected: at most 1.00 %; needs 898)");
        assertThat(file(weak + "apps:\n  shop: {checks: 1, sends: 1, purposes: {login: {checks: 2}}}\n")
                        .complaint())
                .contains("line 9: apps.shop.purposes.login: pool uk has 100 distinct endings of 4 digits");
        assertThat(file(weak + "apps:\n  shop: {checks: 1, sends: 1}\n")
                        .config()
                        .declared()
                        .apps())
                .hasSize(1);
    }

    private ServerFile file(String text) {
        return new ServerFile(directory, text);
    }
}
