package io.flashcall.server.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.store.SessionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The statement that lists sessions: newest first, each with its attempts.
///
/// @param text   for [SessionRows#read]
/// @param values of its parameters, in order
record SessionList(String text, List<Object> values) {

    static SessionList of(SessionQuery query) {
        var conditions = new Conditions();
        conditions.require("destination_mac = ?", query.destinationMac());
        // A destination has few sessions. A bare column would have its app's index used, which has many.
        boolean few = query.destinationMac().isPresent();
        conditions.require(
                few ? "coalesce(app, '') = ?" : "app = ?", query.app().map(AppId::value));
        conditions.require(
                few ? "coalesce(status, '') = ?" : "status = ?", query.status().map(Status::label));
        conditions.require("id < ?", query.after().map(SessionId::value));
        conditions.values.add(query.most());
        var text = "SELECT " + SessionRows.COLUMNS + " FROM (SELECT * FROM sessions" + conditions.text
                + " ORDER BY id DESC LIMIT ?) s LEFT JOIN attempts a ON a.session_id = s.id"
                + " ORDER BY s.id DESC, a.number";
        return new SessionList(text, conditions.values);
    }

    private static final class Conditions {

        final StringBuilder text = new StringBuilder();
        final List<Object> values = new ArrayList<>();

        void require(String condition, Optional<String> value) {
            if (value.isPresent()) {
                text.append(text.isEmpty() ? " WHERE " : " AND ").append(condition);
                values.add(value.get());
            }
        }
    }
}
