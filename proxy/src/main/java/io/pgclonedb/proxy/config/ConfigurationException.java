package io.pgclonedb.proxy.config;

/**
 * What an operator wrote cannot be used. The message is one line that names the key and where it was written, says what is
 * wrong and what to write instead, and shows no secret.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }
}
