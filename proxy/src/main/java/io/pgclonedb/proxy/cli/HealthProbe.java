package io.pgclonedb.proxy.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;

/**
 * Asks a proxy on this machine whether it is ready, and ends with 0 or 1: the health check of a container whose image has no
 * other HTTP client.
 */
public final class HealthProbe {
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final String DEFAULT_PORT = "9632";

    private HealthProbe() {}

    /** Takes the port from PGCLONEDB_HTTP_LISTEN, or a URI as its only argument. */
    public static void main(String[] arguments) {
        System.exit(ready(uri(System.getenv(), arguments)) ? 0 : 1);
    }

    static URI uri(Map<String, String> variables, String... arguments) {
        if (arguments.length > 0) {
            return URI.create(arguments[0]);
        }
        String listen = variables.getOrDefault("PGCLONEDB_HTTP_LISTEN", ":" + DEFAULT_PORT);
        return URI.create("http://127.0.0.1:" + listen.substring(listen.lastIndexOf(':') + 1) + "/readyz");
    }

    static boolean ready(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException away) {
            return false;
        }
    }
}
