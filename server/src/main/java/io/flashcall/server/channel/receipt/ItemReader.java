package io.flashcall.server.channel.receipt;

import io.flashcall.server.config.ReceiptRule;
import io.flashcall.verification.Receipt.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Finds the receipts in what a provider sent. Whatever else it holds, and whatever has another form than expected, is
/// passed over: providers add to what they send. Immutable.
final class ItemReader {

    private static final String EACH = "*";
    private static final int MOST = 10_000;
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_DETAIL = 80;
    // Numbers of telephones and what could be a code; short error numbers may stay.
    private static final Pattern DIGITS = Pattern.compile("\\+?\\d[\\d ().-]{4,}\\d");

    private final ReceiptRule rule;

    ItemReader(ReceiptRule rule) {
        this.rule = rule;
    }

    /// Those that say something of a message, in their order.
    List<Item> read(JsonNode root) {
        var found = new ArrayList<JsonNode>();
        collect(root, rule.fields().items().map(ItemReader::steps).orElse(List.of()), found);
        return found.stream().map(this::item).flatMap(Optional::stream).toList();
    }

    /// Whether there is any item with a status, if only one that says nothing to us.
    boolean speaksOfMessages(JsonNode root) {
        var found = new ArrayList<JsonNode>();
        collect(root, rule.fields().items().map(ItemReader::steps).orElse(List.of()), found);
        return found.stream()
                .anyMatch(node -> text(node, rule.fields().status()).isPresent());
    }

    private static List<String> steps(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static void collect(JsonNode node, List<String> steps, List<JsonNode> into) {
        if (into.size() >= MOST || node.isMissingNode()) {
            return;
        }
        if (steps.isEmpty()) {
            if (node.isArray()) {
                node.forEach(into::add);
            } else {
                into.add(node);
            }
            return;
        }
        var rest = steps.subList(1, steps.size());
        if (steps.getFirst().equals(EACH)) {
            node.forEach(child -> collect(child, rest, into));
        } else {
            collect(node.at(JsonPointer.compile("/" + steps.getFirst())), rest, into);
        }
    }

    private Optional<Item> item(JsonNode node) {
        var fields = rule.fields();
        var status = text(node, fields.status()).orElse("");
        var id = fields.id().flatMap(path -> text(node, path)).filter(text -> text.length() <= LONGEST_ID);
        var reference = fields.reference().flatMap(path -> text(node, path));
        return state(status.toLowerCase(Locale.ROOT))
                .filter(_ -> id.isPresent() || reference.isPresent())
                .map(state -> new Item(id, reference, state, detail(node, status)));
    }

    private Optional<State> state(String word) {
        var states = rule.states();
        if (states.delivered().contains(word)) {
            return Optional.of(State.DELIVERED);
        }
        if (states.failed().contains(word)) {
            return Optional.of(State.FAILED);
        }
        return states.unknown().contains(word) ? Optional.of(State.UNKNOWN) : Optional.empty();
    }

    private String detail(JsonNode node, String status) {
        var more = rule.fields()
                .detail()
                .flatMap(path -> text(node, path))
                .map(text -> " " + text)
                .orElse("");
        var line = DIGITS.matcher((status + more).replaceAll("\\p{Cntrl}", " ")).replaceAll("…");
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "…";
    }

    private static Optional<String> text(JsonNode node, String path) {
        var value = node.at(JsonPointer.compile(path));
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asString("")).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
