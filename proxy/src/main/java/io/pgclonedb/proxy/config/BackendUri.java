package io.pgclonedb.proxy.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A libpq connection URI (PostgreSQL documentation, "Connection URIs"), as far as the proxy serves it: one TCP host, no TLS.
 * What it does not serve is refused, never ignored. Messages show neither the URI nor a password.
 */
final class BackendUri {
    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://");
    private static final List<String> PARAMETERS =
            List.of("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert");
    private static final Set<String> PLAIN_SSL_MODES = Set.of("disable", "allow", "prefer");
    private static final Set<String> STRICT_SSL_MODES = Set.of("require", "verify-ca", "verify-full");
    private static final int DEFAULT_PORT = 5432;

    private String host = "";
    private String port = "";
    private String user = "";
    private String database = "";
    private @Nullable String password;

    private BackendUri() {}

    /**
     * Reads a URI. The password is empty when the URI has none; the database is {@code postgres} when it names none.
     *
     * @throws InvalidValueException with a reason that shows no secret
     */
    static BackendConfig parse(String uri) {
        String rest = SCHEMES.stream()
                .filter(scheme -> uri.toLowerCase(Locale.ROOT).startsWith(scheme))
                .findFirst()
                .map(scheme -> uri.substring(scheme.length()))
                .orElseThrow(() -> new InvalidValueException("must begin with postgresql://"));
        BackendUri parsed = new BackendUri();
        int query = rest.indexOf('?');
        parsed.readLocation(query < 0 ? rest : rest.substring(0, query));
        if (query >= 0) {
            parsed.readParameters(rest.substring(query + 1));
        }
        return parsed.checked();
    }

    private void readLocation(String location) {
        int slash = location.indexOf('/');
        if (slash >= 0) {
            database = PercentCode.decode(location.substring(slash + 1), "database");
        }
        String authority = slash < 0 ? location : location.substring(0, slash);
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            readUser(authority.substring(0, at));
        }
        readHost(authority.substring(at + 1));
    }

    private void readUser(String userinfo) {
        int colon = userinfo.indexOf(':');
        if (userinfo.indexOf('@') >= 0) {
            throw new InvalidValueException("holds an @ in the user name or password; write it as %40");
        }
        user = PercentCode.decode(colon < 0 ? userinfo : userinfo.substring(0, colon), "user");
        if (colon >= 0) {
            password = PercentCode.decode(userinfo.substring(colon + 1), "password");
        }
    }

    private void readHost(String hostAndPort) {
        String afterHost;
        if (hostAndPort.startsWith("[")) {
            int end = hostAndPort.indexOf(']');
            if (end < 0) {
                throw new InvalidValueException("has an IPv6 address without its closing ]");
            }
            host = hostAndPort.substring(1, end);
            afterHost = hostAndPort.substring(end + 1);
        } else {
            int colon = hostAndPort.indexOf(':');
            host = PercentCode.decode(colon < 0 ? hostAndPort : hostAndPort.substring(0, colon), "host");
            afterHost = colon < 0 ? "" : hostAndPort.substring(colon);
        }
        refuseSeveral(hostAndPort);
        if (!afterHost.isEmpty() && !afterHost.startsWith(":")) {
            throw new InvalidValueException("has something behind the host that is no port");
        }
        port = afterHost.isEmpty() ? "" : afterHost.substring(1);
    }

    private void readParameters(String query) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new InvalidValueException("has a parameter without a value");
            }
            String name = PercentCode.decode(pair.substring(0, equals), "parameter");
            readParameter(name, PercentCode.decode(pair.substring(equals + 1), name));
        }
    }

    private void readParameter(String name, String value) {
        switch (name) {
            case "host" -> {
                refuseSeveral(value);
                host = value;
            }
            case "port" -> {
                refuseSeveral(value);
                port = value;
            }
            case "user" -> user = value;
            case "password" -> password = value;
            case "dbname" -> database = value;
            case "sslmode" -> checkSslMode(value);
            case "sslrootcert" ->
                throw new InvalidValueException(
                        "has sslrootcert, but TLS to the server is not built into this version yet; remove it");
            default ->
                throw new InvalidValueException("has the parameter \"" + name + "\", which the proxy does not know"
                        + Nearest.suggestion(name, PARAMETERS) + "; it knows " + String.join(", ", PARAMETERS));
        }
    }

    private static void checkSslMode(String mode) {
        if (STRICT_SSL_MODES.contains(mode)) {
            throw new InvalidValueException(
                    "asks for sslmode=" + mode
                            + ", but TLS to the server is not built into this version yet; where plaintext will do, write sslmode=prefer");
        }
        if (!PLAIN_SSL_MODES.contains(mode)) {
            throw new InvalidValueException(
                    "has an sslmode that PostgreSQL does not know; write disable, allow or prefer");
        }
    }

    private static void refuseSeveral(String hosts) {
        if (hosts.indexOf(',') >= 0) {
            throw new InvalidValueException(
                    "names several hosts, which this version does not serve; name one, or an address that follows the primary");
        }
    }

    private BackendConfig checked() {
        if (host.isEmpty()) {
            throw new InvalidValueException("names no host; the proxy connects by TCP, so name one: @127.0.0.1:5432/");
        }
        if (host.startsWith("/") || host.startsWith("@")) {
            throw new InvalidValueException(
                    "names a Unix-domain socket, which the proxy does not connect to; name a TCP host, such as 127.0.0.1");
        }
        if (user.isEmpty()) {
            throw new InvalidValueException(
                    "names no user; name the superuser that operations run as: postgres@" + host);
        }
        int portNumber = port.isEmpty() ? DEFAULT_PORT : Values.port(port, 1);
        return new BackendConfig(
                host, portNumber, user, password == null ? "" : password, database.isEmpty() ? "postgres" : database);
    }
}
