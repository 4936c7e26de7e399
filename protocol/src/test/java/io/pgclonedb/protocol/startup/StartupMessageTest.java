package io.pgclonedb.protocol.startup;

import static io.pgclonedb.protocol.Wire.bytes;
import static io.pgclonedb.protocol.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.ProtocolException.Reason;
import io.pgclonedb.protocol.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupMessageTest {

    private static StartupMessage decode(String body) {
        return (StartupMessage) Wire.decode(bytes(0, 3, 0, 0, body), StartupPacket::decode);
    }

    private static ProtocolException refusalOf(Object... parts) {
        return catchThrowableOfType(ProtocolException.class, () -> Wire.decode(bytes(parts), StartupPacket::decode));
    }

    @Test
    void saysWhoComesAndWhereTo() {
        StartupMessage message = decode("database\0db\0user\0alice\0application_name\0psql\0\0");

        assertThat(message.user()).isEqualTo(text("alice"));
        assertThat(message.database()).isEqualTo(text("db"));
        assertThat(message.get("application_name")).contains(text("psql"));
        assertThat(message.get("options")).isEmpty();
    }

    @Test
    void goesToTheDatabaseOfTheUsersNameUnlessSaidOtherwise() {
        assertThat(decode("user\0alice\0\0").database()).isEqualTo(text("alice"));
        assertThat(decode("user\0alice\0database\0\0\0").database()).isEqualTo(text("alice"));
    }

    @Test
    void keepsProtocolOptionsAndEmptyValues() {
        StartupMessage message = decode("user\0alice\0_pq_.trace\0\0\0");

        assertThat(message.get(StartupMessage.PROTOCOL_OPTION_PREFIX + "trace")).contains(CString.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "2,0", "4,0", "1234,5681", "65535,65535"})
    void tellsAnUnsupportedMajorVersionApart(int major, int minor) {
        ProtocolException refusal = refusalOf(major >> 8, major, minor >> 8, minor, "anything");

        assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED_VERSION);
        assertThat(refusal.sqlState()).isEqualTo("0A000");
        assertThat(refusal)
                .hasMessage("unsupported frontend protocol " + major + "." + minor + ": server supports 3.0 to 3.2");
    }

    @Test
    void leavesNewerMinorVersionsToTheServer() {
        StartupMessage message =
                (StartupMessage) Wire.decode(bytes(0, 3, 0x27, 0x0f, "user\0a\0\0"), StartupPacket::decode);

        assertThat(message.minorVersion()).isEqualTo(9999);
        assertThat(message.code()).isEqualTo(0x0003270f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user\0alice\0user\0bob\0\0",
                "user\0alice\0options\0a\0options\0a\0\0",
                "user\0alice\0USER\0bob\0\0",
                "user\0alice\0client_encoding\0UTF8\0Client_Encoding\0SJIS\0\0"
            })
    void refusesAParameterGivenTwice(String body) {
        ProtocolException refusal = refusalOf(0, 3, 0, 0, body);

        assertThat(refusal.reason()).isEqualTo(Reason.DUPLICATE_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "database\0db\0\0", "user\0\0\0", "User\0alice\0\0"})
    void refusesToBeWithoutAUser(String body) {
        ProtocolException refusal = refusalOf(0, 3, 0, 0, body);

        assertThat(refusal.sqlState()).isEqualTo("28000");
        assertThat(refusal).hasMessage("no PostgreSQL user name specified in startup packet");
    }

    @Test
    void refusesAUserNameTheServerWouldCutOff() {
        assertThat(decode("user\0" + "u".repeat(63) + "\0\0").user().length()).isEqualTo(63);

        ProtocolException refusal = refusalOf(0, 3, 0, 0, "user\0" + "u".repeat(64) + "\0\0");
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_USER);
        assertThat(refusal).hasMessageContaining("too long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user",
                "user\0",
                "user\0alice",
                "user\0alice\0",
                "user\0alice\0database\0\0",
                "user\0alice\0\0x",
                "user\0alice\0\0\0",
                "user\0alice\0\0role\0postgres\0\0"
            })
    void refusesAnyLayoutButPairsAndATerminator(String body) {
        ProtocolException refusal = refusalOf(0, 3, 0, 0, body);

        assertThat(refusal.sqlState()).isEqualTo("08P01");
        assertThat(refusal).hasMessage("invalid startup packet layout: expected terminator as last byte");
    }

    @Test
    void isCheckedAsStrictlyWhenItIsBuilt() {
        assertThatThrownBy(() -> new StartupMessage(3, 0, List.of())).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new StartupMessage(3, -1, List.of(StartupMessage.Parameter.of("user", "a"))))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> StartupMessage.Parameter.of("", "a")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> StartupMessage.Parameter.of("user", "a\0")).isInstanceOf(ProtocolException.class);
    }
}
