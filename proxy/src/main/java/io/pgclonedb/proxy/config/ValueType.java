package io.pgclonedb.proxy.config;

/** What the value of a {@link Key} looks like. */
public enum ValueType {
    ADDRESS("HOST:PORT", "an address with a port", "127.0.0.1:6432"),
    CONNECTION_URI("URI", "a PostgreSQL connection URI", "postgresql://postgres:secret@127.0.0.1:5432/postgres"),
    NAME("NAME", "a name", "pgclonedb"),
    DIRECTORY("DIRECTORY", "a directory of this machine", "/var/lib/postgresql/data"),
    FILE("FILE", "a file of this machine", "/etc/pgclonedb/server.crt"),
    SIZE("SIZE", "a size", "10GB"),
    TIME("TIME", "a time", "30s"),
    COUNT("NUMBER", "a whole number above zero", "100"),
    SWITCH("on|off", "a switch", "on"),
    CHOICE("WORD", "one of the words it may be", "");

    private final String placeholder;
    private final String article;
    private final String example;

    ValueType(String placeholder, String article, String example) {
        this.placeholder = placeholder;
        this.article = article;
        this.example = example;
    }

    /** How help texts write the value. */
    public String placeholder() {
        return placeholder;
    }

    /** How messages call the value: {@code a time}. */
    String described() {
        return article;
    }

    /** A value that is right; empty where the key's own words say it. */
    public String example() {
        return example;
    }
}
