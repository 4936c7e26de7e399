package io.pgclonedb.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.startup.StartupPacket;
import io.pgclonedb.protocol.startup.StartupPacketTest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a decoder refuses them with a {@link ProtocolException} or can write them again as they were. */
class RandomBytesTest {
    private static final int INPUTS = 100_000;
    private static final int HEADER = 5;

    /** A decoder that answers how to write what it read, without the header. */
    private record Subject(Value valid, Function<ByteBuf, byte[]> rewrite) {}

    @Test
    void areRefusedOrWrittenAgainAsTheyWere() {
        List<Subject> subjects = Stream.concat(messages(), startupPackets()).toList();
        Random random = new Random(20261123);
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            Subject subject = subjects.get(random.nextInt(subjects.size()));
            byte[] input = random.nextInt(4) == 0 ? randomBytes(random) : mutated(subject.valid.bytes(), random);
            try {
                byte[] rewritten = subject.rewrite.apply(Unpooled.wrappedBuffer(input));
                if (!Arrays.equals(rewritten, input)) {
                    assertThat(rewritten).as("input %d", i).isEqualTo(input);
                }
            } catch (ProtocolException expected) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + i + " " + Arrays.toString(input), e);
            }
        }
        // both outcomes must have been tried
        assertThat(refused).isBetween(INPUTS / 10, INPUTS - INPUTS / 10);
    }

    @Test
    void neverMakePeekingAtABindFail() {
        Random random = new Random(20261124);
        for (int i = 0; i < INPUTS / 10; i++) {
            ByteBuf input = Unpooled.wrappedBuffer(randomBytes(random));

            Bind.peekNames(input);

            assertThat(input.readerIndex()).isZero();
        }
    }

    private static Stream<Subject> messages() {
        return Example.all()
                .map(example -> new Subject(
                        example.content(),
                        in -> rest(HEADER, out -> example.decoder().apply(in).encode(out))));
    }

    private static Stream<Subject> startupPackets() {
        return StartupPacketTest.packets()
                .map(valid -> new Subject(
                        Value.of(valid),
                        in -> rest(
                                Integer.BYTES, out -> StartupPacket.decode(in).encode(out))));
    }

    private static byte[] rest(int skipped, Consumer<ByteBuf> encoder) {
        ByteBuf out = Unpooled.buffer();
        encoder.accept(out);
        return Arrays.copyOfRange(out.array(), skipped, out.writerIndex());
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(48)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            // zeros are what counts, lengths and ends of strings are made of
            if (random.nextInt(3) == 0) {
                bytes[i] = 0;
            }
        }
        return bytes;
    }

    private static byte[] mutated(byte[] valid, Random random) {
        byte[] bytes = Arrays.copyOf(valid, Math.max(0, valid.length + random.nextInt(5) - 2));
        for (int changes = random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
            byte[] extremes = {0, 1, 2, 0x7f, (byte) 0x80, (byte) 0xff, (byte) random.nextInt()};
            bytes[random.nextInt(bytes.length)] = extremes[random.nextInt(extremes.length)];
        }
        return bytes;
    }
}
