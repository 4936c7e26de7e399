package io.pgclonedb.proxy.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text as a row of the audit can hold it: a refused call must be recorded whatever was in its arguments, and PostgreSQL takes
 * neither a NUL nor half a surrogate pair.
 */
final class AuditText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final char REPLACEMENT = '\uFFFD';

    private AuditText() {}

    /** The text with what cannot be stored replaced by U+FFFD. */
    static String storable(String text) {
        StringBuilder storable = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? REPLACEMENT
                        : point)
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }

    /** The same, null for null. */
    static @Nullable String storableOrNull(@Nullable String text) {
        return text == null ? null : storable(text);
    }

    /** A JSON object; values are text, numbers, truth values or null. */
    static String json(Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> storable = new LinkedHashMap<>();
        values.forEach((key, value) -> storable.put(key, value instanceof String text ? storable(text) : value));
        try {
            return JSON.writeValueAsString(storable);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("no JSON value among " + values.keySet(), failure);
        }
    }

    /** The members of a JSON object. */
    static Map<String, Object> members(String json) {
        try {
            return JSON.readValue(json, OBJECT);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("no JSON object", failure);
        }
    }
}
