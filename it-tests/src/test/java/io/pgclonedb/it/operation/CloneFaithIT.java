package io.pgclonedb.it.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CloneFaithIT {
    @RegisterExtension
    private static final OperationServer server = new OperationServer();

    private String template() throws SQLException {
        String template = server.database("source");
        server.execute("CREATE DATABASE " + template + " OWNER " + server.admin());
        return template;
    }

    private String clone(String template, Object... more) throws Exception {
        String clone = server.database("dev");
        Object[] arguments = new Object[4 + more.length];
        System.arraycopy(new Object[] {"dbname", clone, "template", template}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        server.caller().call("create_database", arguments).answered();
        return clone;
    }

    private String grants(String database) throws SQLException {
        return server.ask("SELECT a.grantor::regrole || ' ' || a.grantee::regrole || ' ' || a.privilege_type || ' '"
                + " || a.is_grantable FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = '" + database
                + "' ORDER BY 1");
    }

    private String settings(String database) throws SQLException {
        return server.ask("SELECT s.setrole::regrole || ' ' || s.setconfig::text FROM pg_db_role_setting s"
                + " JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = '" + database + "' ORDER BY 1");
    }

    @Test
    void keepsTheDefaultGrantsOfATemplateThatHasThem() throws Exception {
        String clone = clone(template());

        assertThat(server.ask("SELECT datacl IS NULL FROM pg_database WHERE datname = '" + clone + "'"))
                .isEqualTo("t");
    }

    @Test
    void doesNotReopenWhatWasClosedToPublic() throws Exception {
        String template = template();
        server.execute("REVOKE CONNECT ON DATABASE " + template + " FROM PUBLIC");

        String clone = clone(template);

        assertThat(server.ask("SELECT has_database_privilege('public', '" + clone + "', 'CONNECT')"))
                .isEqualTo("f");
        assertThat(server.ask("SELECT has_database_privilege('public', '" + clone + "', 'TEMP')"))
                .isEqualTo("t");
        assertThat(grants(clone)).isEqualTo(grants(template));
    }

    @Test
    void keepsGrantsWithTheirOptionsAndGrantors() throws Exception {
        String template = template();
        String lead = server.database("Lead \"x\"");
        String team = server.database("team");
        String quoted = '"' + lead.replace("\"", "\"\"") + '"';
        server.execute(
                "CREATE ROLE " + quoted,
                "CREATE ROLE " + team,
                "REVOKE ALL ON DATABASE " + template + " FROM PUBLIC",
                "REVOKE CREATE ON DATABASE " + template + " FROM " + server.admin(),
                "GRANT CONNECT, TEMP ON DATABASE " + template + " TO " + quoted + " WITH GRANT OPTION",
                "SET ROLE " + quoted + "; GRANT CONNECT ON DATABASE " + template + " TO " + team + "; RESET ROLE");

        String clone = clone(template);

        assertThat(grants(clone)).isEqualTo(grants(template)).contains(team + " CONNECT f");
    }

    @Test
    void keepsARevocationOfEverything() throws Exception {
        String template = template();
        server.execute(
                "REVOKE ALL ON DATABASE " + template + " FROM PUBLIC",
                "REVOKE ALL ON DATABASE " + template + " FROM " + server.admin());

        String clone = clone(template);

        assertThat(server.ask("SELECT datacl::text FROM pg_database WHERE datname = '" + clone + "'"))
                .isEqualTo("{}");
    }

    @Test
    void putsANewOwnerInThePlaceOfTheOldOne() throws Exception {
        String template = template();
        String app = server.database("app");
        String team = server.database("team");
        server.execute(
                "CREATE ROLE " + app,
                "CREATE ROLE " + team,
                "REVOKE ALL ON DATABASE " + template + " FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + template + " TO " + team);

        String clone = clone(template, "owner", app);

        assertThat(grants(clone))
                .isEqualTo(String.join(
                        "\n",
                        app + " " + app + " CONNECT false",
                        app + " " + app + " CREATE false",
                        app + " " + app + " TEMPORARY false",
                        app + " " + team + " CONNECT false"));
    }

    @Test
    void keepsSettingsOfTheDatabaseAndOfRolesInIt() throws Exception {
        String template = template();
        String app = server.database("app");
        server.execute(
                "CREATE ROLE " + app,
                "ALTER DATABASE " + template + " SET search_path = 'a b', \"$user\", 'we\"ird', 'it''s', 'x,y', public",
                "ALTER DATABASE " + template + " SET work_mem = '4096kB'",
                "ALTER DATABASE " + template + " SET DateStyle = 'ISO, DMY'",
                "ALTER DATABASE " + template + " SET \"my.tenant\" = 'it''s \\ {odd} = yes'",
                "ALTER DATABASE " + template + " SET role = 'none'",
                "ALTER DATABASE " + template + " SET temp_tablespaces = ''",
                "ALTER ROLE " + app + " IN DATABASE " + template + " SET search_path = 'Mixed'",
                "ALTER ROLE " + app + " IN DATABASE " + template + " SET statement_timeout = '90s'",
                "ALTER ROLE ALL IN DATABASE " + template + " SET jit = off");

        String clone = clone(template);

        assertThat(settings(clone))
                .isEqualTo(settings(template))
                .contains("search_path")
                .contains(app);
    }

    @Test
    void keepsTheConnectionLimit() throws Exception {
        String template = template();
        server.execute("ALTER DATABASE " + template + " CONNECTION LIMIT 7");

        assertThat(server.flags(clone(template))).isEqualTo("true false 7");
    }

    @Test
    void keepsAConnectionLimitOfNoneAtAll() throws Exception {
        String template = template();
        server.execute("ALTER DATABASE " + template + " CONNECTION LIMIT 0");

        assertThat(server.flags(clone(template))).isEqualTo("true false 0");
    }

    @Test
    void leavesTheTemplateAsItWas() throws Exception {
        String template = template();
        server.execute(
                "REVOKE CONNECT ON DATABASE " + template + " FROM PUBLIC",
                "ALTER DATABASE " + template + " SET jit = off",
                "ALTER DATABASE " + template + " ALLOW_CONNECTIONS false IS_TEMPLATE true");
        String before = server.flags(template) + grants(template) + settings(template);

        clone(template);

        assertThat(server.flags(template) + grants(template) + settings(template))
                .isEqualTo(before);
    }
}
