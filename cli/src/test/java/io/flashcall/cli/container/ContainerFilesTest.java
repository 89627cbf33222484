package io.flashcall.cli.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.config.ServerConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What `docker/` and the systemd unit promise, as far as it can be read; `e2e/80-container.sh` runs it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContainerFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final Path DOCKER = ROOT.resolve("docker");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)([^}]*)}");
    private static final Pattern SECRET = Pattern.compile("(?i).*(PASSWORD|SECRET|TOKEN|_KEY)(?!_FILE).*");
    private static final Pattern PINNED =
            Pattern.compile("[\\w./-]+:\\d[\\w.-]*(@sha256:[0-9a-f]{64})?|[\\w./-]+:v\\d[\\w.-]*");

    @Test
    void the_image_is_built_from_pinned_images_and_files_that_are_there() throws IOException {
        assertThat(instructions("FROM"))
                .hasSize(2)
                .allSatisfy(from -> assertThat(from.split(" ", -1)[0]).matches(PINNED));
        assertThat(instructions("ADD")).isEmpty();
        for (var copy : instructions("COPY")) {
            if (!copy.startsWith("--from=")) {
                var sources = List.of(copy.split(" ", -1));
                assertThat(sources.subList(0, sources.size() - 1))
                        .allSatisfy(source -> assertThat(ROOT.resolve(source)).exists());
            }
        }
    }

    @Test
    void the_image_runs_as_somebody_without_rights_and_says_whether_it_is_well() throws IOException {
        assertThat(instructions("USER")).last().asString().matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
        assertThat(instructions("HEALTHCHECK")).hasSize(1).first().asString().contains("\"flashcall\", \"health\"");
        assertThat(instructions("STOPSIGNAL")).containsExactly("SIGTERM");
        assertThat(instructions("VOLUME")).containsExactly("/var/lib/flashcall");
        assertThat(instructions("ENV")).noneMatch(SECRET.asMatchPredicate());
        assertThat(instructions("ARG")).noneMatch(SECRET.asMatchPredicate());
    }

    @Test
    void nothing_but_what_the_image_is_built_from_is_sent_to_the_builder() throws IOException {
        var ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
        assertThat(ignored).contains("*", "docker/.env", "**/target");
        assertThat(Files.readAllLines(ROOT.resolve(".gitignore"))).contains("docker/.env");
        for (var copy : instructions("COPY")) {
            var source = copy.split(" ", -1)[0];
            if (!source.startsWith("--from=")) {
                assertThat(ignored).contains("!" + source);
            }
        }
    }

    @Test
    void the_image_and_the_launcher_run_with_the_same_flags() throws IOException {
        var flags = Pattern.compile("<flashcall.jvm.flags>(.*)</flashcall.jvm.flags>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(flags.find()).isTrue();
        assertThat(Files.readAllLines(DOCKER.resolve("jvm.options")))
                .containsAll(Arrays.asList(flags.group(1).split(" ", -1)));
    }

    @Test
    void each_service_of_the_compose_file_is_pinned_hardened_and_bounded() throws IOException {
        for (var service : compose().path("services").properties()) {
            var of = service.getValue();
            assertThat(of.path("image").asString()).as(service.getKey()).matches(PINNED);
            assertThat(of.path("<<").asString()).as(service.getKey()).isEqualTo("hardened");
            assertThat(of.has("mem_limit") && of.has("cpus") && of.has("pids_limit"))
                    .as(service.getKey() + " is bounded")
                    .isTrue();
            assertThat(of.has("healthcheck") || of.has("build"))
                    .as(service.getKey() + " says whether it is well")
                    .isTrue();
            for (var never : List.of("privileged", "network_mode", "pid", "ipc", "cap_add", "devices", "userns_mode")) {
                assertThat(of.has(never)).as(service.getKey() + " has " + never).isFalse();
            }
        }
        var hardened = compose().path("x-hardened");
        assertThat(hardened.path("read_only").asBoolean()).isTrue();
        assertThat(texts(hardened.path("cap_drop"))).containsExactly("ALL");
        assertThat(texts(hardened.path("security_opt"))).containsExactly("no-new-privileges:true");
    }

    @Test
    void only_api_and_dashboard_are_published_and_to_this_machine_alone() throws IOException {
        var published = new ArrayList<String>();
        compose().path("services").forEach(service -> published.addAll(texts(service.path("ports"))));
        assertThat(published).containsExactly("127.0.0.1:8080:8080", "127.0.0.1:3000:3000");
        assertThat(compose().at("/networks/store/internal").asBoolean()).isTrue();
        assertThat(compose().at("/networks/watch/internal").asBoolean()).isTrue();
    }

    @Test
    void every_file_that_is_mounted_is_there_and_is_read_only() throws IOException {
        int files = 0;
        for (var service : compose().path("services")) {
            for (var volume : texts(service.path("volumes"))) {
                var parts = volume.split(":", -1);
                if (parts[0].startsWith(".")) {
                    assertThat(DOCKER.resolve(parts[0])).exists();
                    assertThat(parts).as(volume).hasSize(3).endsWith("ro");
                    files++;
                } else {
                    assertThat(compose().path("volumes").has(parts[0]))
                            .as(volume)
                            .isTrue();
                }
            }
        }
        assertThat(files).isPositive();
    }

    @Test
    void whatever_differs_from_place_to_place_is_asked_for_and_the_sample_names_it() throws IOException {
        var compose = Files.readString(DOCKER.resolve("compose.yaml"));
        var asked = new TreeSet<String>();
        var variable = VARIABLE.matcher(compose);
        while (variable.find()) {
            assertThat(variable.group(2)).as(variable.group(1)).startsWith(":?");
            asked.add(variable.group(1));
        }
        assertThat(sampleVariables()).isEqualTo(asked);
        assertThat(Files.readAllLines(DOCKER.resolve("env.sample")))
                .filteredOn(line -> !line.startsWith("#") && !line.isBlank())
                .allMatch(line -> line.endsWith("="));
    }

    @Test
    void the_configuration_of_the_image_loads_with_what_compose_gives_it() throws IOException {
        var given = compose().at("/services/flashcall/environment").propertyNames();
        var values = given.stream().collect(Collectors.toMap(name -> name, ContainerFilesTest::sample));
        var config = ServerConfigReader.read(DOCKER.resolve("flashcall.yaml"), Map.copyOf(values));

        var text = Files.readString(DOCKER.resolve("flashcall.yaml"));
        var used = VARIABLE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
        assertThat(used).containsExactlyInAnyOrderElementsOf(given);
        assertThat(config.http().listen().getPort()).isEqualTo(8080);
    }

    @Test
    void every_alert_says_how_urgent_it_is_and_where_what_to_do_stands() throws IOException {
        var anchors = Files.readAllLines(ROOT.resolve("docs/operations.md")).stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> "docs/operations.md#" + line.substring(4).toLowerCase(Locale.ROOT))
                .toList();
        var links = new ArrayList<String>();
        for (var group : yaml("alerts.yml").path("groups")) {
            for (var rule : group.path("rules")) {
                if (rule.has("alert")) {
                    assertThat(rule.at("/labels/severity").asString()).isIn("page", "ticket");
                    assertThat(rule.at("/annotations/summary").asString()).isNotBlank();
                    var link = rule.at("/annotations/runbook_url").asString();
                    assertThat(link)
                            .endsWith("#" + rule.path("alert").asString().toLowerCase(Locale.ROOT));
                    links.add(link);
                }
            }
        }
        assertThat(links).hasSizeGreaterThan(15).doesNotHaveDuplicates();
        assertThat(anchors)
                .containsAll(links)
                .filteredOn(anchor -> anchor.contains("#flashcall"))
                .hasSameSizeAs(links);
    }

    @Test
    void the_dashboard_asks_the_datasource_that_is_provisioned_and_no_panel_lies_over_another() throws IOException {
        var source = yaml("grafana/provisioning/datasources/prometheus.yaml").at("/datasources/0/uid");
        var dashboard =
                YAMLMapper.shared().readTree(Files.readString(DOCKER.resolve("grafana/dashboards/flashcall.json")));
        var taken = new HashSet<String>();
        for (var panel : dashboard.path("panels")) {
            if (!panel.path("type").asString().equals("row")) {
                assertThat(panel.at("/datasource/uid")).isEqualTo(source);
                assertThat(panel.path("targets")).isNotEmpty();
            }
            var place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    var cell = (place.path("x").asInt() + x) + "/"
                            + (place.path("y").asInt() + y);
                    assertThat(taken.add(cell))
                            .as(panel.path("title") + " at " + cell)
                            .isTrue();
                }
            }
        }
        assertThat(dashboard.findValuesAsString("id")).doesNotHaveDuplicates();
    }

    @Test
    void whoever_stops_it_waits_longer_than_its_drain() throws IOException {
        int drain = 14 + 6;
        var grace = compose().at("/services/flashcall/stop_grace_period").asString();
        assertThat(Integer.parseInt(grace.replace("s", ""))).isGreaterThan(drain);
        var unit = Files.readString(ROOT.resolve("conf/systemd/flashcall.service"));
        var stop = Pattern.compile("(?m)^TimeoutStopSec=(\\d+)$").matcher(unit);
        assertThat(stop.find()).isTrue();
        assertThat(Integer.parseInt(stop.group(1))).isGreaterThan(drain);
    }

    private static List<String> instructions(String name) throws IOException {
        var joined = Files.readString(DOCKER.resolve("Dockerfile")).replaceAll("\\\\\\R\\s*", "");
        return joined.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip())
                .toList();
    }

    private static Set<String> sampleVariables() throws IOException {
        return Files.readAllLines(DOCKER.resolve("env.sample")).stream()
                .filter(line -> line.matches("\\w+=.*"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String sample(String variable) {
        return switch (variable) {
            case "FLASHCALL_MASTER_KEY" -> "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
            case "FLASHCALL_FLASH_CALLS_ALLOWED" -> "true";
            case "FLASHCALL_TRUNK" -> "192.0.2.10:5060";
            case "FLASHCALL_SIP_ADDRESS" -> "198.51.100.7:5060";
            default -> "something";
        };
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static JsonNode compose() throws IOException {
        return yaml("compose.yaml");
    }

    private static JsonNode yaml(String file) throws IOException {
        return YAMLMapper.shared().readTree(Files.readString(DOCKER.resolve(file)));
    }
}
