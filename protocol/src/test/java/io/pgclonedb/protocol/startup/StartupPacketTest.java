package io.pgclonedb.protocol.startup;

import static io.pgclonedb.protocol.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.Wire;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public class StartupPacketTest {

    /** One of each kind, without the length word. */
    public static Stream<byte[]> packets() {
        return Stream.of(
                bytes(0, 3, 0, 0, "user\0alice\0database\0db\0\0"),
                bytes(0, 3, 0, 2, "user\0alice\0_pq_.x\0\0\0"),
                bytes(4, 0xd2, 22, 47),
                bytes(4, 0xd2, 22, 48),
                bytes(4, 0xd2, 22, 46, 0, 0, 0, 7, 1, 2, 3, 4));
    }

    @Test
    void isReadByItsCode() {
        assertThat(packets().map(packet -> Wire.decode(packet, StartupPacket::decode)))
                .containsExactly(
                        new StartupMessage(
                                3,
                                0,
                                List.of(
                                        StartupMessage.Parameter.of("user", "alice"),
                                        StartupMessage.Parameter.of("database", "db"))),
                        new StartupMessage(
                                3,
                                2,
                                List.of(
                                        StartupMessage.Parameter.of("user", "alice"),
                                        StartupMessage.Parameter.of("_pq_.x", ""))),
                        new StartupPacket.SslRequest(),
                        new StartupPacket.GssEncRequest(),
                        new CancelRequest(7, Value.of(bytes(1, 2, 3, 4))));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void isWrittenWithItsLength(byte[] packet) {
        byte[] encoded = Wire.encode(Wire.decode(packet, StartupPacket::decode)::encode);

        assertThat(encoded)
                .isEqualTo(ByteBuffer.allocate(packet.length + 4)
                        .putInt(packet.length + 4)
                        .put(packet)
                        .array());
    }

    @ParameterizedTest
    @MethodSource("packets")
    void isRefusedWhenCutOffAnywhere(byte[] packet) {
        for (int length = 0; length < packet.length; length++) {
            byte[] cutOff = Arrays.copyOf(packet, length);

            assertThatExceptionOfType(ProtocolException.class)
                    .as("the first %d bytes", length)
                    .isThrownBy(() -> Wire.decode(cutOff, StartupPacket::decode));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {47, 48})
    void isRefusedWhenAnEncryptionRequestHasABody(int request) {
        assertThatThrownBy(() -> Wire.decode(bytes(4, 0xd2, 22, request, 0), StartupPacket::decode))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid length of startup packet");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, 4, 7, 10005, 1 << 30, Integer.MAX_VALUE})
    void isRefusedByItsLengthAlone(int length) {
        assertThatThrownBy(() -> StartupPacket.checkedLength(length))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid length of startup packet");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10004})
    void mayHaveAnyLengthBetween(int length) {
        assertThat(StartupPacket.checkedLength(length)).isEqualTo(length);
    }

    @Test
    void isRefusedWhenMoreWasCollectedThanAllowed() {
        int overhead = bytes(0, 3, 0, 0, "user\0a\0options\0", "\0\0").length + 4;
        byte[] longest = bytes(0, 3, 0, 0, "user\0a\0options\0", "x".repeat(10004 - overhead), "\0\0");
        byte[] tooLong = bytes(0, 3, 0, 0, "user\0a\0options\0", "x".repeat(10005 - overhead), "\0\0");

        assertThat(Wire.decode(longest, StartupPacket::decode)).isInstanceOf(StartupMessage.class);
        assertThatThrownBy(() -> Wire.decode(tooLong, StartupPacket::decode))
                .hasMessage("invalid length of startup packet");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 257})
    void isRefusedWhenACancelKeyIsTooShortOrTooLong(int keyLength) {
        byte[] packet = bytes(4, 0xd2, 22, 46, 0, 0, 0, 7, "k".repeat(keyLength));

        assertThatThrownBy(() -> Wire.decode(packet, StartupPacket::decode))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid length of cancel key in cancel request packet");
    }

    @Test
    void isRefusedWhenACancelRequestHasNoWholeProcessId() {
        assertThatThrownBy(() -> Wire.decode(bytes(4, 0xd2, 22, 46, 0, 0), StartupPacket::decode))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid length of cancel request packet");
    }

    @Test
    void cancelsTheSessionOfThatProcessIdAndKeyAlone() {
        Value key = Value.of(bytes("k".repeat(256)));
        CancelRequest request = new CancelRequest(7, key);

        assertThat(request.matches(7, Value.of(bytes("k".repeat(256))))).isTrue();
        assertThat(request.matches(8, key)).isFalse();
        assertThat(request.matches(7, Value.of(bytes("k".repeat(255), "l")))).isFalse();
        assertThat(request.matches(7, Value.of(bytes("k".repeat(255))))).isFalse();
        assertThat(request.matches(7, Value.ofUtf8("kkkk"))).isFalse();
    }
}
