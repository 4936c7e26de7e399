package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.operation.FreeSpaceReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server allows, seen from an admin connection. */
final class ServerChecks {
    private final Connection connection;
    private final ProxyConfig config;
    private final List<Finding> findings = new ArrayList<>();

    ServerChecks(Connection connection, ProxyConfig config) {
        this.connection = connection;
        this.config = config;
    }

    List<Finding> run() throws SQLException {
        admins();
        freeSpace();
        connectionLimit();
        trust();
        deadClients();
        cloning();
        return List.copyOf(findings);
    }

    private void admins() throws SQLException {
        String admins = text("SELECT pg_catalog.string_agg(DISTINCT r.rolname, ', ') FROM pg_catalog.pg_roles r"
                + " JOIN pg_catalog.pg_auth_members m ON m.member = r.oid"
                + " JOIN pg_catalog.pg_roles g ON g.oid = m.roleid AND g.rolname = 'pgclonedb_user'"
                + " WHERE r.rolname LIKE '_%\\_db\\_admin'");
        findings.add(
                admins == null
                        ? Finding.warning("applications", "none yet; create one with ./pgclonedb onboard APP")
                        : Finding.ok("applications", "admins: " + admins));
    }

    private void freeSpace() throws SQLException {
        Optional<FreeSpaceReport> report = FreeSpaceReport.read(connection, config);
        findings.add(report.map(found -> Finding.ok("free space", found.readable() + ", by " + found.source()))
                .orElseGet(() -> Finding.warning(
                        "free space",
                        "cannot be determined, so clones will be refused; set data_path or volume_size, or turn the check"
                                + " off with SELECT pgclonedb.configure(min_free_bytes := -1)")));
    }

    private void connectionLimit() throws SQLException {
        int most = ConnectionBudget.most(connection);
        int asked = config.maxConnections();
        if (asked > most) {
            findings.add(Finding.warning(
                    "max_connections",
                    asked + " is more than the server has for the proxy, which is " + most
                            + "; clients may get the server's own error"));
        } else {
            findings.add(Finding.ok("max_connections", (asked == 0 ? most : asked) + " client connections at once"));
        }
    }

    /** The server sees the proxy's address, so a rule that trusts it would let every client in. */
    private void trust() throws SQLException {
        String lines = text("SELECT pg_catalog.string_agg(line_number::pg_catalog.text, ', ' ORDER BY line_number)"
                + " FROM pg_catalog.pg_hba_file_rules WHERE auth_method = 'trust' AND type <> 'local'");
        if (lines == null) {
            findings.add(Finding.ok("pg_hba", "no rule trusts network addresses"));
        } else if (config.allowTrust()) {
            findings.add(Finding.warning(
                    "pg_hba",
                    "trust on line " + lines
                            + " and allow_trust is on: whoever reaches the proxy may be let in without a"
                            + " password"));
        } else {
            findings.add(Finding.warning(
                    "pg_hba",
                    "trust on line " + lines + "; a client that the server lets in without a password is refused by the"
                            + " proxy, so use scram-sha-256 there"));
        }
    }

    private void deadClients() throws SQLException {
        String interval = text("SELECT pg_catalog.current_setting('client_connection_check_interval', true)");
        boolean noticed = interval != null && !interval.equals("0");
        findings.add(
                noticed
                        ? Finding.ok("dead clients", "the server ends the statements of a proxy that died")
                        : Finding.warning(
                                "dead clients",
                                "on this system the server runs a statement to its end when its proxy died"));
    }

    private void cloning() throws SQLException {
        String method = text("SELECT pg_catalog.current_setting('file_copy_method', true)");
        String wal = text("SELECT pg_catalog.current_setting('wal_level')");
        findings.add(Finding.ok(
                "cloning",
                "wal_level " + wal + (method == null ? "" : ", file_copy_method " + method + " (set per clone)")));
    }

    private @Nullable String text(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
