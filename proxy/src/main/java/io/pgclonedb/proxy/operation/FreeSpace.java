package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/** How many bytes a new database may take, from the first source that can tell. Thread-safe. */
final class FreeSpace {
    private final List<FreeSpaceSource> sources;

    FreeSpace(List<FreeSpaceSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** With the sources that the configuration opens. */
    static FreeSpace of(ProxyConfig config) {
        return new FreeSpace(List.copyOf(FreeSpaceReport.sources(config).values()));
    }

    /**
     * Bytes that are free where the tablespace is.
     *
     * @param connection a superuser's, in autocommit mode
     * @throws PgException 55000 when no source can tell
     */
    long bytes(Connection connection, long tablespace) throws SQLException {
        for (FreeSpaceSource source : sources) {
            OptionalLong free = source.freeBytes(connection, tablespace);
            if (free.isPresent()) {
                return free.getAsLong();
            }
        }
        throw PgException.error(
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "the free disk space of the server cannot be determined")
                .withDetail(
                        "The server did not run \"df\" for the proxy, and the configuration names no way that works.")
                .withHint("Set data_path or volume_size in the configuration of the proxy, or let a superuser turn the"
                        + " check off with SELECT pgclonedb.configure(min_free_bytes := -1).");
    }
}
