package io.pgclonedb.it.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every message a client may send, as bytes (PostgreSQL documentation, "Message Formats"). */
public final class Frontend {
    public static final int VERSION_3_0 = 3 << 16;
    public static final int VERSION_3_2 = 3 << 16 | 2;
    private static final int CANCEL_REQUEST_CODE = 1234 << 16 | 5678;
    private static final int SSL_REQUEST_CODE = 1234 << 16 | 5679;
    private static final int GSSENC_REQUEST_CODE = 1234 << 16 | 5680;

    private Frontend() {}

    /** A startup packet of version 3.0; {@code parameters} are names and values in turn, repeated names and all. */
    public static byte[] startup(String... parameters) {
        return startup(VERSION_3_0, parameters);
    }

    /** A startup packet of any version; {@code parameters} are names and values in turn. */
    public static byte[] startup(int version, String... parameters) {
        MessageWriter writer = new MessageWriter().int32(version);
        for (String nameOrValue : parameters) {
            writer.string(nameOrValue);
        }
        return writer.int8(0).untyped();
    }

    public static byte[] sslRequest() {
        return new MessageWriter().int32(SSL_REQUEST_CODE).untyped();
    }

    public static byte[] gssEncRequest() {
        return new MessageWriter().int32(GSSENC_REQUEST_CODE).untyped();
    }

    public static byte[] cancelRequest(BackendKey key) {
        return new MessageWriter()
                .int32(CANCEL_REQUEST_CODE)
                .int32(key.pid())
                .bytes(key.secret())
                .untyped();
    }

    public static byte[] password(String password) {
        return new MessageWriter().string(password).message('p');
    }

    public static byte[] saslInitialResponse(String mechanism, String response) {
        byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
        return new MessageWriter()
                .string(mechanism)
                .int32(bytes.length)
                .bytes(bytes)
                .message('p');
    }

    public static byte[] saslResponse(String response) {
        return new MessageWriter()
                .bytes(response.getBytes(StandardCharsets.UTF_8))
                .message('p');
    }

    public static byte[] query(String sql) {
        return new MessageWriter().string(sql).message('Q');
    }

    public static byte[] parse(String statement, String sql, int... parameterTypes) {
        MessageWriter writer = new MessageWriter().string(statement).string(sql).int16(parameterTypes.length);
        for (int type : parameterTypes) {
            writer.int32(type);
        }
        return writer.message('P');
    }

    /** Everything as text; a null is an SQL null. */
    public static byte[] bind(String portal, String statement, @Nullable String... values) {
        List<byte[]> bytes = Arrays.stream(values)
                .map(value -> value == null ? null : value.getBytes(StandardCharsets.UTF_8))
                .toList();
        return bind(portal, statement, new int[0], bytes, new int[0]);
    }

    /** Formats are none, one for all, or one for each: 0 text, 1 binary. */
    public static byte[] bind(
            String portal, String statement, int[] parameterFormats, List<byte[]> values, int[] resultFormats) {
        MessageWriter writer = new MessageWriter().string(portal).string(statement);
        shorts(writer, parameterFormats);
        values(writer, values);
        shorts(writer, resultFormats);
        return writer.message('B');
    }

    public static byte[] describeStatement(String statement) {
        return new MessageWriter().int8('S').string(statement).message('D');
    }

    public static byte[] describePortal(String portal) {
        return new MessageWriter().int8('P').string(portal).message('D');
    }

    /** {@code maxRows} 0: all. */
    public static byte[] execute(String portal, int maxRows) {
        return new MessageWriter().string(portal).int32(maxRows).message('E');
    }

    public static byte[] closeStatement(String statement) {
        return new MessageWriter().int8('S').string(statement).message('C');
    }

    public static byte[] closePortal(String portal) {
        return new MessageWriter().int8('P').string(portal).message('C');
    }

    public static byte[] sync() {
        return new MessageWriter().message('S');
    }

    public static byte[] flush() {
        return new MessageWriter().message('H');
    }

    /** A function call with everything in binary. */
    public static byte[] functionCall(int function, byte[]... arguments) {
        MessageWriter writer = new MessageWriter().int32(function);
        shorts(writer, 1);
        values(writer, Arrays.asList(arguments));
        return writer.int16(1).message('F');
    }

    public static byte[] copyData(byte[] data) {
        return new MessageWriter().bytes(data).message('d');
    }

    public static byte[] copyData(String data) {
        return copyData(data.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] copyDone() {
        return new MessageWriter().message('c');
    }

    public static byte[] copyFail(String reason) {
        return new MessageWriter().string(reason).message('f');
    }

    public static byte[] terminate() {
        return new MessageWriter().message('X');
    }

    /** A header that declares {@code length}, whatever follows. */
    public static byte[] header(int type, int length) {
        return ByteBuffer.allocate(5).put((byte) type).putInt(length).array();
    }

    /** Four bytes in network order. */
    public static byte[] int4(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** The messages one after the other, to be sent in one packet. */
    public static byte[] join(byte[]... messages) {
        MessageWriter writer = new MessageWriter();
        for (byte[] message : messages) {
            writer.bytes(message);
        }
        byte[] joined = writer.untyped();
        return Arrays.copyOfRange(joined, 4, joined.length);
    }

    private static void shorts(MessageWriter writer, int... values) {
        writer.int16(values.length);
        for (int value : values) {
            writer.int16(value);
        }
    }

    private static void values(MessageWriter writer, List<byte[]> values) {
        writer.int16(values.size());
        for (byte[] value : values) {
            if (value == null) {
                writer.int32(-1);
            } else {
                writer.int32(value.length).bytes(value);
            }
        }
    }
}
