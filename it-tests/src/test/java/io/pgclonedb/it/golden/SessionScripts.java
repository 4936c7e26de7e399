package io.pgclonedb.it.golden;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestRoles;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.RawClient;
import java.util.List;

/** How sessions begin, change and end. */
final class SessionScripts {
    static final List<GoldenScript> ALL = List.of(
            new GoldenScript("login and terminate", SessionScripts::loginAndTerminate),
            new GoldenScript("startup parameters", SessionScripts::startupParameters),
            new GoldenScript("encryption requests first", SessionScripts::encryptionRequestsFirst),
            new GoldenScript("md5 password", talk -> loginAs(talk, TestRoles.MD5)),
            new GoldenScript("password in clear", talk -> loginAs(talk, TestRoles.PASSWORD)),
            new GoldenScript("wrong password", SessionScripts::wrongPassword),
            new GoldenScript("unknown role", SessionScripts::unknownRole),
            new GoldenScript("unknown database", SessionScripts::unknownDatabase),
            new GoldenScript("bad startup option", SessionScripts::badStartupOption),
            new GoldenScript("protocol 3.2", talk -> ask(talk, Frontend.VERSION_3_2)),
            new GoldenScript("protocol 3.9999", talk -> ask(talk, 3 << 16 | 9999)),
            new GoldenScript("unknown protocol option", SessionScripts::unknownProtocolOption),
            new GoldenScript("parameter status", SessionScripts::parameterStatus),
            new GoldenScript("roles", SessionScripts::roles),
            new GoldenScript("discard all", SessionScripts::discardAll),
            new GoldenScript("replication connection", SessionScripts::replicationConnection),
            new GoldenScript("cancel", SessionScripts::cancel),
            new GoldenScript("cancel with a wrong key", SessionScripts::cancelWithWrongKey),
            new GoldenScript("terminated by another", SessionScripts::terminatedByAnother),
            new GoldenScript("idle too long", SessionScripts::idleTooLong),
            new GoldenScript("listen and notify", SessionScripts::listenAndNotify));

    private SessionScripts() {}

    private static void loginAndTerminate(Conversation talk) {
        RawClient client = talk.login();
        client.send(Frontend.terminate());
        client.receiveUntilEnd();
    }

    private static void startupParameters(Conversation talk) {
        RawClient client = talk.login(
                "application_name",
                "golden",
                "client_encoding",
                "LATIN1",
                "DateStyle",
                "SQL, DMY",
                "options",
                "-c statement_timeout=12345 -c geqo=off");
        client.query(
                "SELECT current_setting('statement_timeout'), current_setting('geqo'), chr(228), date '2026-11-23'");
    }

    private static void encryptionRequestsFirst(Conversation talk) {
        RawClient client = talk.open();
        client.send(Frontend.gssEncRequest());
        client.receiveByte();
        client.send(Frontend.sslRequest());
        client.receiveByte();
        client.login(
                PostgresServer.SUPERUSER,
                PostgresServer.PASSWORD,
                Frontend.startup("user", PostgresServer.SUPERUSER, "database", "postgres"));
    }

    private static void loginAs(Conversation talk, String role) {
        RawClient client = talk.open();
        client.login(role, TestRoles.password(role), Frontend.startup("user", role, "database", "postgres"));
    }

    private static void wrongPassword(Conversation talk) {
        for (String role : List.of(TestRoles.SCRAM, TestRoles.MD5, TestRoles.PASSWORD)) {
            RawClient client = talk.open();
            client.login(role, "wrong", Frontend.startup("user", role, "database", "postgres"));
            client.receiveUntilEnd();
        }
    }

    private static void unknownRole(Conversation talk) {
        RawClient client = talk.open();
        client.login("nobody", "x", Frontend.startup("user", "nobody", "database", "postgres"));
        client.receiveUntilEnd();
    }

    private static void unknownDatabase(Conversation talk) {
        RawClient client = talk.open();
        client.login(
                PostgresServer.SUPERUSER,
                PostgresServer.PASSWORD,
                Frontend.startup("user", PostgresServer.SUPERUSER, "database", "no_such_database"));
        client.receiveUntilEnd();
    }

    private static void badStartupOption(Conversation talk) {
        RawClient client = talk.login("options", "-c no_such_setting=1");
        client.receiveUntilEnd();
    }

    private static void ask(Conversation talk, int version) {
        RawClient client = talk.open();
        client.login(
                PostgresServer.SUPERUSER,
                PostgresServer.PASSWORD,
                Frontend.startup(version, "user", PostgresServer.SUPERUSER, "database", "postgres"));
        client.query("SELECT 1");
    }

    private static void unknownProtocolOption(Conversation talk) {
        RawClient client = talk.login("_pq_.no_such_option", "1");
        client.query("SELECT 1");
    }

    private static void parameterStatus(Conversation talk) {
        RawClient client = talk.login();
        client.query("SET application_name = 'renamed'");
        client.query("BEGIN; SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'");
        client.query("ROLLBACK");
        client.query("SET client_encoding = 'LATIN1'");
        client.query("SET standard_conforming_strings = off");
        client.query("SET IntervalStyle = 'iso_8601'; SET TimeZone = 'Europe/Berlin'");
        client.query("RESET ALL");
    }

    private static void roles(Conversation talk) {
        RawClient client = talk.login();
        client.query("SET SESSION AUTHORIZATION " + TestRoles.SCRAM);
        client.query("SELECT session_user, current_user");
        client.query("RESET SESSION AUTHORIZATION");
        client.query("SET ROLE " + TestRoles.SCRAM);
        client.query("SELECT session_user, current_user");
    }

    private static void discardAll(Conversation talk) {
        RawClient client = talk.login();
        client.query("PREPARE p AS SELECT 1; SET application_name = 'before'; CREATE TEMP TABLE t (a int)");
        client.query("DISCARD ALL");
        client.query("EXECUTE p");
        client.query("SELECT * FROM t");
    }

    private static void replicationConnection(Conversation talk) {
        RawClient client = talk.login("replication", "database");
        client.query("IDENTIFY_SYSTEM");
        client.query("SHOW wal_level");
        client.query("SELECT 1 AS one");
        client.query("CREATE_REPLICATION_SLOT golden TEMPORARY LOGICAL no_such_plugin");
        client.query("START_REPLICATION SLOT no_such_slot LOGICAL 0/0");
    }

    private static void cancel(Conversation talk) {
        RawClient client = talk.login();
        client.send(Frontend.query("SELECT pg_sleep(60)"));
        talk.awaitTrue("SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid = "
                + client.key().pid());
        RawClient canceller = talk.open();
        canceller.sendUnheard(Frontend.cancelRequest(client.key()));
        canceller.receiveUntilEnd();
        client.receiveUntilReady();
        client.query("SELECT 1");
    }

    private static void cancelWithWrongKey(Conversation talk) {
        RawClient client = talk.login();
        RawClient canceller = talk.open();
        canceller.sendUnheard(Frontend.cancelRequest(client.key().withWrongSecret()));
        canceller.receiveUntilEnd();
        client.query("SELECT 1");
    }

    private static void terminatedByAnother(Conversation talk) {
        RawClient client = talk.login();
        talk.awaitTrue("SELECT pg_terminate_backend(" + client.key().pid() + ")");
        client.receiveUntilEnd();
    }

    private static void idleTooLong(Conversation talk) {
        RawClient client = talk.login("options", "-c idle_in_transaction_session_timeout=50ms");
        client.query("BEGIN");
        client.receiveUntilEnd();
    }

    private static void listenAndNotify(Conversation talk) {
        RawClient listener = talk.login();
        listener.query("LISTEN golden");
        RawClient notifier = talk.login();
        notifier.query("NOTIFY golden, 'from another session'");
        listener.receiveUntil('A');
        listener.query("BEGIN; NOTIFY golden; NOTIFY golden, 'own'; SELECT 1");
        listener.query("COMMIT");
        listener.query("UNLISTEN *; NOTIFY golden");
    }
}
