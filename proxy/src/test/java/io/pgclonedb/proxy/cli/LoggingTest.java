package io.pgclonedb.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgclonedb.proxy.config.ProxyConfig.LogFormat;
import io.pgclonedb.proxy.config.ProxyConfig.LogLevel;
import io.pgclonedb.proxy.control.AuditLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final Logger OWN = LoggerFactory.getLogger("io.pgclonedb.test");
    private static final Logger LIBRARY = LoggerFactory.getLogger("com.example.library");

    @AfterEach
    void restore() throws JoranException {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    private static String logged(LogLevel level, LogFormat format, Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Logging.configure(level, format);
            work.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textIsOneLineWhateverTheMessageHolds() {
        String text = logged(LogLevel.INFO, LogFormat.TEXT, () -> OWN.info("first\r\nsecond {}", "third\nfourth"));
        assertThat(text).hasLineCount(1).contains("INFO").contains("test: first | second third | fourth");
    }

    @Test
    void jsonIsOneObjectALine() throws Exception {
        String text = logged(LogLevel.INFO, LogFormat.JSON, () -> OWN.warn("first\nsecond"));
        JsonNode event = new ObjectMapper().readTree(text);
        assertThat(text).hasLineCount(1);
        assertThat(event.get("level").asText()).isEqualTo("WARN");
        assertThat(event.get("formattedMessage").asText()).isEqualTo("first\nsecond");
    }

    @ParameterizedTest
    @EnumSource
    void theLevelIsThatOfOwnMessages(LogLevel level) {
        String text = logged(level, LogFormat.TEXT, () -> {
            OWN.error("own error");
            OWN.info("own info");
            OWN.trace("own trace");
        });
        assertThat(text).contains("own error");
        assertThat(text.contains("own info")).isEqualTo(level.compareTo(LogLevel.INFO) >= 0);
        assertThat(text.contains("own trace")).isEqualTo(level == LogLevel.TRACE);
    }

    @ParameterizedTest
    @EnumSource
    void theAuditIsAmongTheInformation(LogLevel level) {
        String text = logged(
                level,
                LogFormat.TEXT,
                () -> LoggerFactory.getLogger(AuditLog.LOGGER).info("{\"operation\":\"create_database\"}"));
        assertThat(text.contains("create_database")).isEqualTo(level.compareTo(LogLevel.INFO) >= 0);
    }

    @Test
    void librariesSpeakFromWarningsOn() {
        String text = logged(LogLevel.TRACE, LogFormat.TEXT, () -> {
            LIBRARY.warn("library warning");
            LIBRARY.info("library info");
            java.util.logging.Logger.getLogger("org.postgresql").fine("what a driver sends");
            java.util.logging.Logger.getLogger("org.postgresql").warning("a driver's warning");
        });
        assertThat(text)
                .contains("library warning", "a driver's warning")
                .doesNotContain("library info", "what a driver sends");
    }
}
