package io.flashcall.server.channel;

import static io.flashcall.verification.store.Sample.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flashcall.server.channel.receipt.SampleReceipts;
import io.flashcall.server.net.Outgoing;
import io.flashcall.verification.Session;
import io.flashcall.verification.channel.Channel.Launch;
import io.flashcall.verification.channel.MessageAttempts;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.store.Sample;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VendorTemplatesTest {

    private static final String CODE = "482913";

    static Stream<String> names() {
        return VendorTemplates.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void each_asks_for_one_message_to_the_number_with_the_code_in_a_well_formed_request(String name) {
        var asked = ask(name, "A & B's <\"Shop\">");

        assertThat(asked.url().getScheme()).isEqualTo("https");
        assertThat(asked.url().getHost()).isNotBlank();
        assertThat(asked.headers()).containsKey("Authorization");
        var body = "application/json".equals(asked.headers().get("Content-Type"))
                ? asked.body()
                : URLDecoder.decode(asked.body(), StandardCharsets.UTF_8);
        assertThat(body.replace(" ", "")).contains(CODE);
        assertThat(body).contains("447700900123");
        assertThat(body + asked.url() + asked.headers()).doesNotContainPattern("\\{[a-z_]+}");
        if (body.equals(asked.body())) {
            assertThatCode(() -> JsonMapper.shared().readTree(body)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void each_tells_the_vendor_where_receipts_go_or_is_told_in_the_vendors_console(String name) {
        var body = URLDecoder.decode(
                ask(name, "Shop").body().replace("%", "%25").replace("+", "%2B"), StandardCharsets.UTF_8);
        var url = VendorTemplates.PUBLIC_URL + "/v1/receipts/vendor";

        if (name.equals("meta_whatsapp")) {
            assertThat(body).doesNotContain(url);
        } else {
            assertThat(URLDecoder.decode(body, StandardCharsets.UTF_8)).contains(url);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void each_finds_in_the_vendors_answer_whether_it_took_the_message_and_under_which_id(String name) {
        var answers = VendorTemplates.channel(name).answers();
        var success = new SuccessCheck(answers.success());
        SampleReceipts.answer(name).ifPresent(answer -> {
            assertThat(success.accepts(answer)).isTrue();
            assertThat(answers.messageId().flatMap(pointer -> JsonValue.text(answer.body(), pointer)))
                    .contains("MESSAGE-ID");
        });
        assertThat(SampleReceipts.answer(name).isPresent())
                .isEqualTo(answers.messageId().isPresent());
    }

    @Test
    void each_is_explained_with_its_parameters() throws Exception {
        var text = Files.readString(Path.of("../docs/channels.md"));
        for (var name : VendorTemplates.names()) {
            assertThat(text).as("docs/channels.md").contains("`" + name + "`");
            VendorTemplates.file(name)
                    .path("parameters")
                    .propertyNames()
                    .forEach(parameter -> assertThat(text).as(name).contains("`" + parameter + "`"));
        }
    }

    private static Outgoing ask(String name, String app) {
        var config = VendorTemplates.channel(name);
        var session = Session.start(Sample.session().opening()).session();
        var ready = new MessageAttempts(config.name(), Optional.empty(), Rates.FLAT, VAULT)
                .prepare(session, new Launch(1, 0, Sample.NOON));
        return new ProviderRequest(config).fill(session, ready.attempt(), CODE, app);
    }
}
