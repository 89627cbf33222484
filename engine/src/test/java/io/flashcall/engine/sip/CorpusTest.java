package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.sip.ResponseView.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every message of the corpus gets the verdict beside it, and every accessor named beside it says what is
/// written there.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CorpusTest {

    private static final HostPort SOURCE = new HostPort(0, 0x0000_ffff_cb00_71c8L, 40_000);

    private static final Map<String, Function<ResponseView, String>> OF_RESPONSES = Map.ofEntries(
            Map.entry("status", view -> "" + view.status()),
            Map.entry("reason", view -> text(view.bytes(), view.reasonPhrase())),
            Map.entry("method", view -> view.method().name()),
            Map.entry("cseq", view -> "" + view.cseq()),
            Map.entry("branch-is-ours", view -> yesOrNo(view.branchIsOurs())),
            Map.entry("branch-key", view -> hex(view.branchKey())),
            Map.entry("branch-nonce", view -> hex(view.branchNonce())),
            Map.entry("from-tag-key", view -> hex(view.fromTagKey())),
            Map.entry("q850", view -> "" + view.q850Cause()),
            Map.entry("sip-cause", view -> "" + view.sipReasonCause()),
            Map.entry("retry-after", view -> "" + view.retryAfterSeconds()),
            Map.entry("sdp", view -> yesOrNo(view.hasSdp())),
            Map.entry("next-hop", CorpusTest::nextHop));

    private static final Map<String, Function<RequestView, String>> OF_REQUESTS = Map.ofEntries(
            Map.entry("method", view -> view.method().name()),
            Map.entry("uri", view -> text(view.bytes(), view.requestUri())),
            Map.entry("answerable", view -> yesOrNo(view.answerable())),
            Map.entry("to-tag", view -> yesOrNo(view.hasToTag())),
            Map.entry("to-tag-key", view -> hex(view.toTagKey())),
            Map.entry("cseq", view -> "" + view.cseq()),
            Map.entry("vias", view -> "" + view.viaCount()),
            Map.entry("max-forwards", view -> "" + view.maxForwards()),
            Map.entry("require", view -> yesOrNo(view.hasRequire())),
            Map.entry("reply-to", CorpusTest::replyTo));

    static List<CorpusMessage> everyMessage() {
        return CorpusMessage.all();
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    void every_message_is_judged_as_its_sheet_says(CorpusMessage message) {
        byte[] bytes = message.bytes();
        Verdict verdict = message.isResponse()
                ? new ResponseView().wrap(bytes, 0, bytes.length)
                : new RequestView().wrap(bytes, 0, bytes.length);
        assertThat(verdict).as(message.hazard()).isEqualTo(message.verdict());
        boolean accepted = verdict == Verdict.OK || verdict == Verdict.KEEP_ALIVE;
        assertThat(message.file().startsWith("valid")).as("its folder").isEqualTo(accepted);
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    void every_accessor_says_what_the_sheet_says(CorpusMessage message) {
        byte[] bytes = message.bytes();
        var response = new ResponseView();
        var request = new RequestView();
        response.wrap(bytes, 0, bytes.length);
        request.wrap(bytes, 0, bytes.length);
        message.expected().forEach((name, expected) -> {
            if (message.isResponse() && name.equals("to-tag")) {
                assertThat(response.toTagHash()).as(name).isEqualTo(hashOfTag(expected));
            } else if (message.isResponse()) {
                assertThat(Messages.of(OF_RESPONSES, name).apply(response))
                        .as(name)
                        .isEqualTo(expected);
            } else {
                assertThat(Messages.of(OF_REQUESTS, name).apply(request))
                        .as(name)
                        .isEqualTo(expected);
            }
        });
    }

    /// The hash of a tag in a message that has nothing to be confused with.
    private static long hashOfTag(String tag) {
        String parameter = tag.equals("none") ? "" : ";tag=" + tag;
        return Messages.response(Messages.RINGING.replace(";tag=c-81", parameter))
                .toTagHash();
    }

    private static String nextHop(ResponseView view) {
        var hop = new HostPort();
        return view.nextHop(hop) ? text(hop) : "none";
    }

    private static String replyTo(RequestView view) {
        var hop = new HostPort();
        view.replyTo(SOURCE, hop);
        return text(hop);
    }

    private static String text(HostPort address) {
        return Messages.text(address) + ":" + address.port;
    }

    private static String text(byte[] bytes, Span span) {
        return CorpusMessage.escaped(bytes, span.offset, span.length);
    }

    private static String hex(long value) {
        return String.format("%016x", value);
    }

    private static String yesOrNo(boolean yes) {
        return yes ? "yes" : "no";
    }
}
