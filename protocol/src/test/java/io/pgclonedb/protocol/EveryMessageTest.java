package io.pgclonedb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.ResourceLeakDetector;
import io.pgclonedb.protocol.backend.BackendMessage;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every message of both directions. */
class EveryMessageTest {

    static Stream<Example> examples() {
        return Example.all();
    }

    @Test
    void hasAnExample() {
        Set<Class<?>> shown =
                Example.all().map(example -> example.message().getClass()).collect(Collectors.toSet());

        Set<Class<?>> permitted = new HashSet<>(Arrays.asList(FrontendMessage.class.getPermittedSubclasses()));
        permitted.addAll(Arrays.asList(BackendMessage.class.getPermittedSubclasses()));
        assertThat(shown).isEqualTo(permitted);
    }

    @Test
    void isTestedWithParanoidLeakDetection() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isReadFromItsPayload(Example example) {
        Message decoded = Wire.decode(example.payload(), example.decoder());

        assertThat(decoded).isEqualTo(example.message()).hasSameHashCodeAs(example.message());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isWrittenWithTypeAndLength(Example example) {
        byte[] encoded = Wire.encode(example.message()::encode);

        byte[] frame = ByteBuffer.allocate(example.payload().length + 5)
                .put((byte) example.type())
                .putInt(example.payload().length + 4)
                .put(example.payload())
                .array();
        assertThat(encoded).isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isRefusedWhenCutOffAnywhere(Example example) {
        for (int length = 0; length < example.payload().length; length++) {
            byte[] cutOff = Arrays.copyOf(example.payload(), length);

            assertThatExceptionOfType(ProtocolException.class)
                    .as("the first %d bytes", length)
                    .isThrownBy(() -> Wire.decode(cutOff, example.decoder()));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isRefusedWithSomethingBehindIt(Example example) {
        if (example.mayBeLonger()) {
            return;
        }
        for (byte garbage : Wire.bytes(0, "x", 0xff)) {
            byte[] longer = Arrays.copyOf(example.payload(), example.payload().length + 1);
            longer[longer.length - 1] = garbage;

            assertThatThrownBy(() -> Wire.decode(longer, example.decoder()))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("invalid message format");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void hasATypeOfItsDirection(Example example) {
        byte type = example.message().type();

        boolean known =
                example.message() instanceof FrontendMessage ? FrameType.isFrontend(type) : FrameType.isBackend(type);
        assertThat(known).isTrue();
    }
}
