package io.pgclonedb.it.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** One message as it came over the wire: its type byte and what follows the length. Immutable. */
public final class Message {
    private final char type;
    private final byte[] body;

    Message(char type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    /** The type byte, 0 to 255. */
    public char type() {
        return type;
    }

    /** Bytes after the length. */
    public int size() {
        return body.length;
    }

    /** A reader at the start of the body. */
    public MessageReader body() {
        return new MessageReader(body);
    }

    /** The fields of an ErrorResponse or NoticeResponse by their letter, in the order they came. */
    public Map<Character, String> fields() {
        Map<Character, String> fields = new LinkedHashMap<>();
        MessageReader reader = body();
        for (int code = reader.int8(); code != 0; code = reader.int8()) {
            fields.put((char) code, reader.string());
        }
        return fields;
    }

    /** One field of an ErrorResponse or NoticeResponse; empty when it is not there. */
    public String field(char code) {
        return fields().getOrDefault(code, "");
    }

    /** Severity, SQLSTATE and text of an ErrorResponse, such as {@code FATAL 53300 sorry, too many clients already}. */
    public String error() {
        return field('S') + " " + field('C') + " " + field('M');
    }

    @Override
    public String toString() {
        return Trace.backend(this);
    }
}
