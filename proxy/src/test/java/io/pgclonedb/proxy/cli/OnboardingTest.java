package io.pgclonedb.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OnboardingTest {
    @Test
    void aRoleNameSurvivesInAUri() {
        assertThat(Onboarding.percentEncoded("my.app_db-admin~")).isEqualTo("my.app_db-admin~");
        assertThat(Onboarding.percentEncoded("a b@c/ü")).isEqualTo("a%20b%40c%2F%C3%BC");
    }

    @Test
    void passwordsAreLongAndNeverTheSame() {
        Set<String> passwords = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            passwords.add(GeneratedPassword.next());
        }
        assertThat(passwords).hasSize(1000).allMatch(password -> password.matches("[a-zA-Z0-9]{24}"));
    }

    @Test
    void anAddressIsOneThatClientsCanUse() throws UnknownHostException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress everywhere = InetAddress.getByAddress(new byte[4]);
        assertThat(Address.reachable(new InetSocketAddress(loopback, 6432))).isEqualTo("127.0.0.1:6432");
        assertThat(Address.reachable(new InetSocketAddress(everywhere, 6432)))
                .endsWith(":6432")
                .doesNotContain("0.0.0.0");
        assertThat(Address.text("::1", 6432)).isEqualTo("[::1]:6432");
    }
}
