package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.control.Reservations;
import io.pgclonedb.proxy.control.RunningOperation;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Refuses a clone that would not leave enough space on the server, and reserves the space of one that does, in one step: two
 * clones at once cannot both take the last of it. Thread-safe.
 */
final class DiskCheck {
    private static final long UNCHECKED = -1;

    private final Reservations reservations;
    private final List<FreeSpaceSource> sources;

    /** With the ways to learn the free space; the first that works is believed. */
    DiskCheck(Reservations reservations, List<FreeSpaceSource> sources) {
        this.reservations = reservations;
        this.sources = List.copyOf(sources);
    }

    /** With the ways that the configuration opens. */
    static DiskCheck of(Reservations reservations, ProxyConfig config) {
        return new DiskCheck(
                reservations, List.copyOf(FreeSpaceReport.sources(config).values()));
    }

    /**
     * Checks and reserves.
     *
     * @param admin in autocommit mode
     * @param template where the clone will lie as well
     * @param bytes what the clone will take
     * @param minFreeBytes what must stay free beside it; -1 for no check
     * @throws PgException 53100 when it does not fit, 55000 when nobody knows
     */
    void reserve(Connection admin, RunningOperation clone, Database template, long bytes, long minFreeBytes) {
        reservations.underDiskLock(connection -> {
            if (minFreeBytes != UNCHECKED) {
                long promised = reservations.reservedByOthers(connection, clone.id());
                requireSpace(freeBytes(admin, template), bytes, promised, minFreeBytes);
            }
            reservations.reserve(connection, clone.id(), bytes);
            return bytes;
        });
    }

    /** Gives back what has been written by now. */
    void written(RunningOperation clone, long bytes, long written) {
        reservations.reserve(clone.id(), Math.max(0, bytes - written));
    }

    private long freeBytes(Connection admin, Database template) throws SQLException {
        for (FreeSpaceSource source : sources) {
            OptionalLong free = source.freeBytes(admin, template.tablespace());
            if (free.isPresent()) {
                return free.getAsLong();
            }
        }
        throw PgException.error(
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "the free disk space of the server cannot be determined")
                .withDetail("The server did not run \"df\" for the proxy, and the configuration names no other way.")
                .withHint("Set data_path or volume_size in the configuration of the proxy, or let a superuser turn the"
                        + " check off with SELECT pgclonedb.configure(min_free_bytes := -1).");
    }

    static void requireSpace(long free, long clone, long promised, long minFreeBytes) {
        long needed = clone + promised;
        // A margin near the largest bigint must not overflow into a yes.
        if (needed <= free && minFreeBytes <= free - needed) {
            return;
        }
        throw PgException.error(SqlState.DISK_FULL, "not enough disk space for the clone")
                .withDetail("Needed: " + Figures.bytes(clone)
                        + (promised > 0 ? ", running clones still need " + Figures.bytes(promised) : "")
                        + "; free: " + Figures.bytes(free)
                        + "; margin: " + Figures.bytes(minFreeBytes) + ".")
                .withHint("Drop databases that are no longer needed, or let a superuser lower the margin with SELECT"
                        + " pgclonedb.configure(min_free_bytes := 0).");
    }
}
