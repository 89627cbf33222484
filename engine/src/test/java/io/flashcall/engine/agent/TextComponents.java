package io.flashcall.engine.agent;

import io.flashcall.engine.E164;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Finds every component of a configuration that is text, however deep it stands.
final class TextComponents {

    private static final Set<Class<?>> TEXT = Set.of(String.class, Path.class, E164.class);

    /// Neither text nor made of any.
    private static final Set<Class<?>> NO_TEXT =
            Set.of(Duration.class, InetAddress.class, InetSocketAddress.class, OptionalInt.class);

    private final Set<String> found = new TreeSet<>();
    private final Set<Class<?>> seen = new HashSet<>();

    private TextComponents() {}

    /// `Record.component` of each.
    static Set<String> of(Class<?>... records) {
        var components = new TextComponents();
        for (var type : records) {
            components.walk(type, type.getSimpleName());
        }
        return components.found;
    }

    private void walk(Type type, String where) {
        if (type instanceof ParameterizedType generic) {
            var raw = (Class<?>) generic.getRawType();
            if (!Collection.class.isAssignableFrom(raw) && raw != Optional.class && raw != Map.class) {
                throw unknown(type, where);
            }
            for (var argument : generic.getActualTypeArguments()) {
                walk(argument, where);
            }
        } else if (type instanceof Class<?> plain) {
            walkClass(plain, where);
        } else {
            throw unknown(type, where);
        }
    }

    private void walkClass(Class<?> type, String where) {
        if (TEXT.contains(type)) {
            found.add(where);
        } else if (type.isRecord()) {
            if (seen.add(type)) {
                for (RecordComponent component : type.getRecordComponents()) {
                    walk(component.getGenericType(), type.getSimpleName() + "." + component.getName());
                }
            }
        } else if (type.isPrimitive() || type.isEnum() || NO_TEXT.contains(type)) {
            return;
        } else if (type.isSealed()) {
            for (var permitted : type.getPermittedSubclasses()) {
                walkClass(permitted, where);
            }
        } else {
            throw unknown(type, where);
        }
    }

    private static AssertionError unknown(Type type, String where) {
        return new AssertionError(where + " is a " + type + ": say in TextComponents whether there is text in it");
    }
}
