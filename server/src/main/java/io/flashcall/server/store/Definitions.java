package io.flashcall.server.store;

import io.flashcall.server.config.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A table that keeps each thing by its name, and as the text of its definition.
final class Definitions<T> {

    private final Database database;
    private final Codec<T> codec;
    private final String what;
    private final Revision revision;
    private final String find;
    private final String list;
    private final String save;
    private final String delete;

    /// @param what the thing, for errors
    /// @param key  the column of its name
    Definitions(Database database, Codec<T> codec, String what, String table, String key) {
        this.database = database;
        this.codec = codec;
        this.what = what;
        this.revision = new Revision(table);
        this.find = "SELECT definition FROM " + table + " WHERE " + key + " = ?";
        this.list = "SELECT definition FROM " + table + " ORDER BY " + key;
        this.save = "INSERT INTO " + table + " (" + key + ", definition) VALUES (?, ?) ON CONFLICT (" + key
                + ") DO UPDATE SET definition = excluded.definition";
        this.delete = "DELETE FROM " + table + " WHERE " + key + " = ?";
    }

    /// Changes with each that is saved or deleted.
    long revision() {
        return revision.read(database);
    }

    Optional<T> find(String name) {
        return database.read("read " + what, sql -> {
                    try (var rows = sql.query(find, name)) {
                        return rows.next() ? Optional.of(rows.text()) : Optional.<String>empty();
                    }
                })
                .map(codec::read);
    }

    /// In the order of their names.
    List<T> list() {
        var texts = database.read("list " + what, sql -> {
            var all = new ArrayList<String>();
            try (var rows = sql.query(list)) {
                while (rows.next()) {
                    all.add(rows.text());
                }
            }
            return all;
        });
        return texts.stream().map(codec::read).toList();
    }

    void save(String name, T value) {
        var text = codec.write(value);
        database.write("save " + what, sql -> {
            revision.next(sql);
            return sql.update(save, name, text);
        });
    }

    boolean delete(String name) {
        return database.write("delete " + what, sql -> {
            revision.next(sql);
            return sql.update(delete, name) > 0;
        });
    }
}
