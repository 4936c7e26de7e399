package io.pgclonedb.it.oracle;

import io.pgclonedb.it.golden.Conversation;
import io.pgclonedb.it.wire.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/**
 * One of the two places where a script is played.
 *
 * @param login the same role at both
 * @param acts counts the calls that have acted so far
 */
record Side(String name, Endpoint endpoint, Conversation.Login login, Callable<Long> acts) {
    /** Counts by a query whose one row has one number. */
    static Callable<Long> counting(Connection connection, String query) {
        return () -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                return row.getLong(1);
            }
        };
    }

    /** A conversation in which nobody has said anything yet. */
    Conversation converse(boolean byteByByte) {
        return new Conversation(endpoint, login, byteByByte);
    }

    /** How many calls have acted so far. */
    long acted() {
        try {
            return acts.call();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } catch (Exception failure) {
            throw new IllegalStateException("not counted", failure);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
