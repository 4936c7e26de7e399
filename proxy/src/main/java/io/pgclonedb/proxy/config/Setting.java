package io.pgclonedb.proxy.config;

/**
 * A value as somebody wrote it.
 *
 * @param origin where it was written, as a message names it: {@code /etc/pgclonedb.yaml:3}
 */
record Setting(Key key, String value, String origin) {
    static Setting ofDefault(Key key, String value) {
        return new Setting(key, value, "default");
    }

    /** An error that says where and why; {@code reason} must show no secret. */
    ConfigurationException wrong(String reason) {
        return new ConfigurationException(origin + ": " + key.key() + ": " + reason);
    }

    /** The value as messages may show it. */
    String shown() {
        return key.secret() ? "the value" : '"' + value + '"';
    }

    @Override
    public String toString() {
        return origin + ": " + key.key() + ": " + shown();
    }
}
