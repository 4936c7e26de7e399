package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.pgclonedb.protocol.Message;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.startup.StartupPacket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes of messages, and messages of bytes. */
final class Wires {
    private Wires() {}

    static byte[] bytes(Message... messages) {
        ByteBuf out = Unpooled.buffer();
        for (Message message : messages) {
            message.encode(out);
        }
        return ByteBufUtil.getBytes(out);
    }

    static byte[] bytes(StartupPacket packet) {
        ByteBuf out = Unpooled.buffer();
        packet.encode(out);
        return ByteBufUtil.getBytes(out);
    }

    static byte[] frame(char type, int payload) {
        return ByteBuffer.allocate(5 + payload)
                .put((byte) type)
                .putInt(4 + payload)
                .array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] drain(EmbeddedChannel channel) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.writeBytes(ByteBufUtil.getBytes(next));
            next.release();
        }
        return all.toByteArray();
    }

    /** One entry a frame: its type, and for an error what it says. */
    static List<String> frames(byte[] bytes) {
        List<String> frames = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int size = 1 + ByteBuffer.wrap(bytes, at + 1, 4).getInt();
            byte[] payload = Arrays.copyOfRange(bytes, at + 5, at + size);
            frames.add(bytes[at] == 'E' ? error(payload) : String.valueOf((char) bytes[at]));
            at += size;
        }
        return frames;
    }

    /** The types alone, one character a frame. */
    static String types(byte[] bytes) {
        StringBuilder types = new StringBuilder();
        for (int at = 0;
                at < bytes.length;
                at += 1 + ByteBuffer.wrap(bytes, at + 1, 4).getInt()) {
            types.append((char) bytes[at]);
        }
        return types.toString();
    }

    private static String error(byte[] payload) {
        var fields = ErrorResponse.decode(Unpooled.wrappedBuffer(payload)).fields();
        return "E " + fields.get('S').orElseThrow().latin1() + " " + fields.sqlState();
    }
}
