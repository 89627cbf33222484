package io.flashcall.server.channel;

import io.flashcall.server.config.HttpChannelConfig;
import io.flashcall.server.config.ServerConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The ready-made templates as somebody would use them who gives each parameter a value.
public final class VendorTemplates {

    public static final String PUBLIC_URL = "https://verify.shop.example";

    private static final Path FILES = Path.of("src/main/resources/io/flashcall/server/config/templates");

    private VendorTemplates() {}

    /// All that the server knows.
    public static List<String> names() {
        try (var files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode file(String name) {
        return YAMLMapper.shared().readTree(FILES.resolve(name + ".yaml").toFile());
    }

    /// What a test gives as a parameter.
    public static String value(String parameter) {
        return switch (parameter) {
            case "host" -> "xyz123.api.vendor.example";
            case "url_path" -> "gateway.example/messages";
            case "receipt_token" -> "0123456789abcdefghijABCDEFGHIJ";
            default -> "the-" + parameter.replace('_', '-');
        };
    }

    /// The channel `vendor` made from a template.
    public static HttpChannelConfig channel(String name) {
        var keys = new LinkedHashMap<String, String>();
        keys.put("template", name);
        file(name).path("parameters").propertyStream().forEach(parameter -> {
            if (!parameter.getValue().has("default")) {
                keys.put(parameter.getKey(), value(parameter.getKey()));
            }
        });
        var text = new StringBuilder("""
                public_url: %s
                engine:
                  trunks:
                    a: {target: 127.0.0.1:5070, caller_ids: [+442079460xxx], flash_calls_allowed: true}
                channels:
                  vendor:
                """.formatted(PUBLIC_URL));
        keys.forEach((key, value) ->
                text.append("    ").append(key).append(": ").append(value).append('\n'));
        return (HttpChannelConfig) ServerConfigReader.parse(text.toString(), Path.of("."), Map.of())
                .outgoing()
                .channels()
                .getFirst();
    }
}
