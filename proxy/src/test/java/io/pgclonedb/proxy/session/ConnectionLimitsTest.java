package io.pgclonedb.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    private static final InetAddress HERE = address(1);
    private static final InetAddress THERE = address(2);

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void limitsTheTotal() {
        ConnectionLimits limits = new ConnectionLimits(2, 0, 0);
        assertThat(limits.beginSession(HERE)).isTrue();
        assertThat(limits.beginSession(THERE)).isTrue();
        assertThat(limits.beginSession(HERE)).isFalse();
        assertThat(limits.beginSession(THERE)).isFalse();
        limits.endSession(HERE);
        assertThat(limits.beginSession(THERE)).isTrue();
        assertThat(limits.beginSession(HERE)).isFalse();
    }

    @Test
    void limitsSessionsOfOneAddressWithoutUsingUpTheTotal() {
        ConnectionLimits limits = new ConnectionLimits(2, 1, 0);
        assertThat(limits.beginSession(HERE)).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(limits.beginSession(HERE)).isFalse();
        }
        assertThat(limits.beginSession(THERE)).isTrue();
        limits.endSession(HERE);
        assertThat(limits.beginSession(HERE)).isTrue();
    }

    @Test
    void limitsLoginsOfOneAddress() {
        ConnectionLimits limits = new ConnectionLimits(0, 0, 2);
        assertThat(limits.beginLogin(HERE)).isTrue();
        assertThat(limits.beginLogin(HERE)).isTrue();
        assertThat(limits.beginLogin(HERE)).isFalse();
        assertThat(limits.beginLogin(THERE)).isTrue();
        limits.endLogin(HERE);
        assertThat(limits.beginLogin(HERE)).isTrue();
        assertThat(limits.beginLogin(HERE)).isFalse();
    }

    @Test
    void hasNoLimitOfOneAddressWhereItIsZero() {
        ConnectionLimits limits = new ConnectionLimits(1000, 0, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(limits.beginLogin(HERE)).isTrue();
            assertThat(limits.beginSession(HERE)).isTrue();
        }
        assertThat(limits.beginSession(HERE)).isFalse();
    }
}
