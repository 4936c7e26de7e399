package io.pgclonedb.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendUriTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "postgresql://postgres@db | db | 5432 | postgres | '' | postgres",
                "postgres://postgres:pw@db:5433/app | db | 5433 | postgres | pw | app",
                "POSTGRESQL://postgres@db/ | db | 5432 | postgres | '' | postgres",
                "postgresql://a%40b:p%3A%2F%25@db/d%20b | db | 5432 | a@b | p:/% | d b",
                "postgresql://u:p:q@db | db | 5432 | u | p:q | postgres",
                "postgresql://u@[2001:db8::1]:6000/x | 2001:db8::1 | 6000 | u | '' | x",
                "postgresql://u@[::1] | ::1 | 5432 | u | '' | postgres",
                "postgresql:///?host=db&port=7&user=u&password=p%26q&dbname=x | db | 7 | u | p&q | x",
                "postgresql://u@db?sslmode=prefer | db | 5432 | u | '' | postgres",
                "postgresql://u@db/x?sslmode=disable | db | 5432 | u | '' | x",
                "postgresql://u@db/x?sslmode=allow | db | 5432 | u | '' | x",
                "postgresql://u:p+q@db | db | 5432 | u | p+q | postgres",
                "postgresql://%C3%BC@db | db | 5432 | ü | '' | postgres"
            })
    void readsWhatLibpqReads(String uri, String host, int port, String user, String password, String database) {
        assertThat(BackendUri.parse(uri)).isEqualTo(new BackendConfig(host, port, user, password, database));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host=db user=u | must begin with postgresql://",
                "mysql://u@db | must begin with postgresql://",
                "postgresql://u@ | names no host",
                "postgresql:///x?user=u | names no host",
                "postgresql://db | names no user",
                "postgresql://u@a,b | names several hosts",
                "postgresql://u@a:1,b:2/x | names several hosts",
                "postgresql:///?host=a,b&user=u | names several hosts",
                "postgresql://u@%2Fvar%2Frun | names a Unix-domain socket",
                "postgresql:///x?user=u&host=/tmp | names a Unix-domain socket",
                "postgresql://u@db:0 | has no valid port",
                "postgresql://u@db:65536 | has no valid port",
                "postgresql://u@db:x | has no valid port",
                "postgresql://u@[::1 | without its closing ]",
                "postgresql://u@[::1]5432 | something behind the host",
                "postgresql://u:p@ss@db | write it as %40",
                "postgresql://u%@db | write a percent sign itself as %25",
                "postgresql://u%4g@db | write a percent sign itself as %25",
                "postgresql://u%00@db | write a percent sign itself as %25",
                "postgresql://u%ff@db | not UTF-8",
                "postgresql://u@db?sslmode=require | sslmode=require, but TLS to the server is not built into this version",
                "postgresql://u@db?sslmode=verify-full | sslmode=verify-full, but TLS",
                "postgresql://u@db?sslmode=verify-ca | sslmode=verify-ca, but TLS",
                "postgresql://u@db?sslmode=on | has an sslmode that PostgreSQL does not know",
                "postgresql://u@db?sslrootcert=/x | has sslrootcert, but TLS",
                "postgresql://u@db?usr=x | has the parameter \"usr\", which the proxy does not know; did you mean \"user\"?",
                "postgresql://u@db?options=-c%20role=x | has the parameter \"options\"",
                "postgresql://u@db?port | has a parameter without a value"
            })
    void refusesWhatItDoesNotServe(String uri, String reason) {
        assertThatThrownBy(() -> BackendUri.parse(uri))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:canary@db:x",
                "postgresql://u:canary@a,b",
                "postgresql://u:canary@db?x=canary",
                "postgresql://u:canary%zz@db",
                "canary"
            })
    void noReasonShowsThePassword(String uri) {
        assertThatThrownBy(() -> BackendUri.parse(uri)).message().doesNotContain("canary");
    }

    @Test
    void theRecordShowsNoPasswordEither() {
        assertThat(BackendUri.parse("postgresql://u:canary@[::1]/x").toString())
                .isEqualTo("postgresql://u@[::1]:5432/x");
    }
}
