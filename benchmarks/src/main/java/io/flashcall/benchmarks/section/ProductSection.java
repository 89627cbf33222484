package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.rig.Postgres;
import io.flashcall.benchmarks.rig.Rig;
import io.flashcall.benchmarks.rig.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Whole verifications, from start to webhook, on either store.
public final class ProductSection implements Section {

    private static final String SECTION = "product";
    private static final String SQLITE = "SQLite";
    private static final String POSTGRES = "PostgreSQL";
    private static final List<Integer> RATES = List.of(100, 300, 600, 1_000);
    private static final int SECONDS = 20;

    /// Of the service's JVM, which compiles what is hot besides.
    private static final int WARM_UP_SECONDS = 60;

    /// More of them wait each second, if starting takes longer.
    private static final int LONGEST_START_MILLIS = 1_000;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    public ProductSection() {}

    @Override
    public String title() {
        return "Whole product";
    }

    @Override
    public void run(Bench bench, Extent extent) throws IOException, InterruptedException {
        if (extent != Extent.FULL) {
            return;
        }
        load(bench, SQLITE, "{path: \"FOLDER/flashcall.db\"}");
        var programs = Postgres.programs();
        if (programs.isEmpty()) {
            bench.say("no PostgreSQL server here (Debian: postgresql): that store is left out");
            return;
        }
        try (var postgres = Postgres.start(bench.rig(), programs.get())) {
            load(bench, POSTGRES, "{url: \"" + postgres.url() + "\", user: postgres}");
        }
    }

    /// From the lowest rate to the first that is not held.
    private static void load(Bench bench, String name, String store) throws IOException, InterruptedException {
        try (var service = Service.start(bench.rig(), store)) {
            bench.once(
                    new Cell(SECTION, name, RATES.getFirst(), 0, 0),
                    () -> measure(bench.rig(), service, RATES.getFirst(), WARM_UP_SECONDS));
            for (int rate : RATES) {
                var figures = bench.once(
                        new Cell(SECTION, name, rate, 0, 1), () -> measure(bench.rig(), service, rate, SECONDS));
                if (figures.get("held") == 0) {
                    return;
                }
            }
        }
    }

    private static Map<String, Double> measure(Rig rig, Service service, int rate, int seconds)
            throws IOException, InterruptedException {
        var command = rig.flashcall("load-api");
        command.addAll(service.target());
        command.addAll(List.of("--rate", Integer.toString(rate), "--duration", seconds + "s", "--json"));
        var before = service.cpu();
        var threadsBefore = service.cpuByThread();
        try (var load = rig.start(Rig.ANY, command, "load-api")) {
            boolean clean = load.end(LONGEST) == 0;
            var json = Rig.lastJson(load.out());
            double verified = json.path("verified").asDouble();
            var figures = new LinkedHashMap<String, Double>();
            boolean prompt = json.path("start_ms").path("p99").asDouble() < LONGEST_START_MILLIS;
            figures.put("held", clean && prompt && verified == (double) rate * seconds ? 1.0 : 0.0);
            figures.put("verified", verified);
            figures.put("rate_achieved", json.path("rate_achieved").asDouble());
            for (String latency : List.of("start_ms", "check_ms", "verify_ms", "webhook_ms")) {
                put(figures, latency, json.path(latency));
            }
            figures.put("cpu_us", service.cpu().minus(before).toNanos() / 1e3 / Math.max(1, verified));
            var threads = service.cpuByThread();
            for (var kind : Work.values()) {
                var used = kind.of(threads).minus(kind.of(threadsBefore));
                figures.put(kind.figure(), used.toNanos() / 1e3 / Math.max(1, verified));
            }
            return figures;
        }
    }

    private static void put(Map<String, Double> figures, String latency, JsonNode percentiles) {
        figures.put(latency + "_p50", percentiles.path("p50").asDouble());
        figures.put(latency + "_p99", percentiles.path("p99").asDouble());
    }

    @Override
    public String markdown(Bench bench) {
        var table = new StringBuilder("""
                `load-api` on the same two processors as the service, the carrier and the store. A verification is started over
                HTTP, rings (for 1.5 s), is checked with the digits that the phone saw, and ends with a webhook: from start to
                verified it waits for the phone, so what the service itself takes is in the first two columns and the last. A rate is
                held if all are verified and starts are answered within a second (p99).

                | verifications/s | store | start p50, p99 ms | check p50, p99 ms | start to verified p50, p99 ms | start to webhook p50, p99 ms | service's CPU µs each |
                |---|---|---|---|---|---|---|
                """);
        boolean any = false;
        for (var cell : bench.journal().cells(SECTION)) {
            if (cell.round() == 0) {
                continue;
            }
            any = true;
            var figures = bench.journal().find(cell).orElseThrow();
            table.append(String.format(Locale.ROOT, "| %,d | %s |", cell.rate(), cell.side()));
            if (figures.get("held") == 0) {
                table.append(" not held | | | | |\n");
                continue;
            }
            for (String latency : List.of("start_ms", "check_ms", "verify_ms", "webhook_ms")) {
                table.append(String.format(
                        Locale.ROOT, " %.1f, %.1f |", figures.get(latency + "_p50"), figures.get(latency + "_p99")));
            }
            table.append(String.format(Locale.ROOT, " %,.0f |%n", figures.get("cpu_us")));
        }
        return any ? table + whereItGoes(bench) : "";
    }

    private static String whereItGoes(Bench bench) {
        var table = new StringBuilder(
                "\nWhere the service's CPU time goes, µs of each verification:\n\n| verifications/s | store |");
        for (var kind : Work.values()) {
            table.append(' ').append(kind.label()).append(" |");
        }
        table.append("\n|---|---|").append("---|".repeat(Work.values().length)).append('\n');
        for (var cell : bench.journal().cells(SECTION)) {
            var figures = bench.journal().find(cell).orElseThrow();
            if (cell.round() == 0 || figures.get("held") == 0) {
                continue;
            }
            table.append(String.format(Locale.ROOT, "| %,d | %s |", cell.rate(), cell.side()));
            for (var kind : Work.values()) {
                table.append(String.format(Locale.ROOT, " %,.0f |", figures.get(kind.figure())));
            }
            table.append('\n');
        }
        return table.toString();
    }
}
