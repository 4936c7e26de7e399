package io.pgclonedb.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.function.Function;

/** Bytes written by hand, and the buffers around them. */
public final class Wire {
    private Wire() {}

    /** Numbers are one byte each, texts one byte a character, arrays as they are. */
    public static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer number) {
                out.write(number);
            } else if (part instanceof byte[] array) {
                out.writeBytes(array);
            } else {
                part.toString().chars().forEach(out::write);
            }
        }
        return out.toByteArray();
    }

    /** Decodes from a pooled direct buffer that must neither be kept nor released by the decoder. */
    public static <T> T decode(byte[] bytes, Function<ByteBuf, T> decoder) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length + 3);
        // something on either side of the readable part, which a decoder must not look at
        buffer.writeByte('\0').writeByte('S').readerIndex(2);
        buffer.writeBytes(bytes);
        try {
            return decoder.apply(buffer);
        } finally {
            assertThat(buffer.refCnt()).isOne();
            buffer.release();
        }
    }

    /** What an encoder writes behind what is already in the buffer. */
    public static byte[] encode(Consumer<ByteBuf> encoder) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer();
        try {
            buffer.writeByte('S').writeInt(4);
            encoder.accept(buffer);
            buffer.skipBytes(5);
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            return bytes;
        } finally {
            buffer.release();
        }
    }

    public static CString text(String text) {
        return CString.ofUtf8(text);
    }
}
