package io.flashcall.server.http.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// One page of a list: `{"data":[…],"next":"…"}`. `next` is what to send as `after` for the page behind it.
public final class Page {

    /// Entries of a page where nothing is asked for.
    public static final int USUAL = 25;

    /// Entries of a page at most.
    public static final int MOST = 100;

    private Page() {}

    /// @param next empty: it was the last page
    public static Reply of(List<ObjectNode> data, Optional<String> next) {
        var page = Json.object();
        page.putArray("data").addAll(data);
        Json.put(page, "next", next);
        return Reply.json(200, page);
    }

    /// Cuts a page from a list that is there as a whole.
    ///
    /// @param all sorted by `id`
    public static <T> Reply cut(List<T> all, Query query, Function<T, String> id, Function<T, ObjectNode> view) {
        int limit = query.limit();
        var after = query.text("after").orElse("");
        query.done();
        var data = new ArrayList<ObjectNode>();
        var last = "";
        boolean more = false;
        for (var entry : all) {
            if (id.apply(entry).compareTo(after) <= 0) {
                continue;
            }
            if (data.size() == limit) {
                more = true;
                break;
            }
            data.add(view.apply(entry));
            last = id.apply(entry);
        }
        return of(data, more ? Optional.of(last) : Optional.empty());
    }
}
