package io.pgclonedb.it.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** Where a server listens: a PostgreSQL itself, or the proxy in front of one. */
public record Endpoint(String host, int port) {
    /** A new JDBC connection with the driver's defaults. */
    public Connection connect(String database, String user, String password) throws SQLException {
        return connect(database, user, password, Map.of());
    }

    /** A new JDBC connection with some of the driver's connection parameters set, such as {@code prepareThreshold}. */
    public Connection connect(String database, String user, String password, Map<String, String> parameters)
            throws SQLException {
        Properties properties = new Properties();
        properties.putAll(parameters);
        properties.put("user", user);
        properties.put("password", password);
        String name = URLEncoder.encode(database, StandardCharsets.UTF_8);
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + name, properties);
    }
}
