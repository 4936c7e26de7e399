package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.control.Reservations;
import io.pgclonedb.proxy.control.RunningOperation;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;

/**
 * Refuses a clone that would not leave enough space on the server, and reserves the space of one that does, in one step: two
 * clones at once cannot both take the last of it. Thread-safe.
 */
final class DiskCheck {
    private static final long UNCHECKED = -1;

    private final Reservations reservations;
    private final FreeSpace freeSpace;

    DiskCheck(Reservations reservations, FreeSpace freeSpace) {
        this.reservations = reservations;
        this.freeSpace = freeSpace;
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
                requireSpace(freeSpace.bytes(admin, template.tablespace()), bytes, promised, minFreeBytes);
            }
            reservations.reserve(connection, clone.id(), bytes);
            return bytes;
        });
    }

    /** Gives back what has been written by now. */
    void written(RunningOperation clone, long bytes, long written) {
        reservations.reserve(clone.id(), Math.max(0, bytes - written));
    }

    static void requireSpace(long free, long clone, long promised, long minFreeBytes) {
        // By subtraction: a sum near the largest bigint would overflow into a yes.
        if (clone <= free && promised <= free - clone && minFreeBytes <= free - clone - promised) {
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
