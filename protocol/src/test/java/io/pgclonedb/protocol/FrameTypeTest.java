package io.pgclonedb.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrameTypeTest {

    @Test
    void tellsFrontendTypesAmongAllBytes() {
        for (int type = 0; type < 256; type++) {
            assertThat(FrameType.isFrontend((byte) type))
                    .as("type %d", type)
                    .isEqualTo("BCdcfDEHFPpQSX".indexOf(type) >= 0);
        }
    }

    @Test
    void tellsBackendTypesAmongAllBytes() {
        for (int type = 0; type < 256; type++) {
            assertThat(FrameType.isBackend((byte) type))
                    .as("type %d", type)
                    .isEqualTo("RK23CWdcGHDIEVvnNAtS1sZT".indexOf(type) >= 0);
        }
    }

    @Test
    void namesEachTypeOnceADirection() throws IllegalAccessException {
        TreeSet<Byte> frontend = new TreeSet<>();
        TreeSet<Byte> backend = new TreeSet<>();
        for (Field constant : FrameType.class.getFields()) {
            boolean isNew =
                    (constant.getName().startsWith("FRONTEND_") ? frontend : backend).add(constant.getByte(null));
            assertThat(isNew).as(constant.getName()).isTrue();
        }

        assertThat(frontend).hasSize(14).allMatch(FrameType::isFrontend);
        assertThat(backend).hasSize(24).allMatch(FrameType::isBackend);
        assertThat(Arrays.stream(FrameType.class.getFields())).hasSize(38);
    }
}
