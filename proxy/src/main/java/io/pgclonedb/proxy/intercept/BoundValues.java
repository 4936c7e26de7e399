package io.pgclonedb.proxy.intercept;

import io.pgclonedb.policy.ArgumentType;
import io.pgclonedb.protocol.Format;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.relay.BackendState;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the values of a Bind that the proxy itself needs: secrets, and arguments of calls that read. */
final class BoundValues {
    private BoundValues() {}

    /**
     * One value.
     *
     * @param number of the parameter, from 1
     * @return a {@link String}, {@link Integer} or {@link Long}; null for NULL
     * @throws PgException with the server's own SQLSTATE when the bytes are no such value
     */
    static @Nullable Object read(Bind bind, int number, ArgumentType type, BackendState state) {
        Value value = bind.parameters().get(number - 1);
        if (value.isNull()) {
            return null;
        }
        try {
            return read(bind, number, value, type, state);
        } catch (ProtocolException malformed) {
            throw PgException.error(malformed.sqlState(), malformed.text());
        }
    }

    private static Object read(Bind bind, int number, Value value, ArgumentType type, BackendState state) {
        return switch (type) {
            case TEXT -> Encodings.decode(state, value);
            case INTEGER -> (int) integer(bind.formatOf(number - 1), value, type, state);
            case BIGINT -> integer(bind.formatOf(number - 1), value, type, state);
            case BOOLEAN, TIMESTAMPTZ, INTERVAL ->
                throw PgException.error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "a parameter of type " + type.sqlName() + " cannot be read here");
        };
    }

    private static long integer(Format format, Value value, ArgumentType type, BackendState state) {
        if (format == Format.TEXT) {
            return parse(Encodings.decode(state, value), type);
        }
        ByteBuffer bytes = ByteBuffer.wrap(value.bytes());
        return switch (bytes.remaining()) {
            case Short.BYTES -> bytes.getShort();
            case Integer.BYTES -> bytes.getInt();
            case Long.BYTES -> inRange(bytes.getLong(), type);
            default ->
                throw PgException.error(
                        SqlState.INVALID_BINARY_REPRESENTATION, "incorrect binary data format in bind parameter");
        };
    }

    private static long parse(String text, ArgumentType type) {
        try {
            return inRange(Long.parseLong(text.strip()), type);
        } catch (NumberFormatException notANumber) {
            throw PgException.error(
                    SqlState.INVALID_TEXT_REPRESENTATION,
                    "invalid input syntax for type " + type.sqlName() + ": \"" + text + "\"");
        }
    }

    private static long inRange(long number, ArgumentType type) {
        if (type == ArgumentType.INTEGER && number != (int) number) {
            throw PgException.error(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value \"" + number + "\" is out of range for type integer");
        }
        return number;
    }
}
