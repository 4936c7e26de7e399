package io.pgclonedb.proxy.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames made by hand, without the codec. */
final class Frame {
    private Frame() {}

    static byte[] of(char type, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(5 + bytes.length)
                .put((byte) type)
                .putInt(4 + bytes.length)
                .put(bytes)
                .array();
    }

    static byte[] header(char type, int length) {
        return ByteBuffer.allocate(5).put((byte) type).putInt(length).array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The type and the payload of a whole frame. */
    static String text(byte[] frame) {
        String all = new String(frame, StandardCharsets.ISO_8859_1);
        return all.length() < 5 ? all : all.charAt(0) + all.substring(5);
    }
}
