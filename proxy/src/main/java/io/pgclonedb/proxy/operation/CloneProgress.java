package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * How far a CREATE DATABASE is. The new database is in no catalog before it is complete, but its directory is there and grows.
 */
final class CloneProgress implements Progress {
    private final String clone;
    private final long tablespace;
    private final long bytes;
    private final Set<Long> before;
    private final Consumer<String> notices;
    private final LongConsumer written;

    private CloneProgress(
            String clone,
            long tablespace,
            long bytes,
            Set<Long> before,
            Consumer<String> notices,
            LongConsumer written) {
        this.clone = clone;
        this.tablespace = tablespace;
        this.bytes = bytes;
        this.before = before;
        this.notices = notices;
        this.written = written;
    }

    /**
     * To be called before the clone begins, so that a directory seen later can be told from what an interrupted clone left.
     *
     * @param template the clone lies in the same tablespace
     * @param bytes how large it will be
     * @param notices takes the text of a NOTICE
     * @param written takes the bytes that are there
     */
    static CloneProgress before(
            Connection connection,
            String clone,
            Database template,
            long bytes,
            Consumer<String> notices,
            LongConsumer written)
            throws SQLException {
        return new CloneProgress(
                clone,
                template.tablespace(),
                bytes,
                DatabaseDirectories.unknown(connection, template.tablespace()),
                notices,
                written);
    }

    @Override
    public void look(Connection connection, Duration elapsed) throws SQLException {
        Set<Long> fresh = DatabaseDirectories.unknown(connection, tablespace);
        fresh.removeAll(before);
        if (fresh.size() == 1) {
            long size = DatabaseDirectories.size(
                    connection, tablespace, fresh.iterator().next());
            written.accept(size);
            notices.accept(text(clone, bytes, size, elapsed));
        } else {
            // None yet, or another clone began at the same moment and nothing tells which is which.
            notices.accept("cloning into \"" + clone + "\": running for " + Figures.duration(elapsed));
        }
    }

    static String text(String clone, long bytes, long written, Duration elapsed) {
        // The last of the work, a checkpoint, shows in no size.
        long percent = bytes <= 0 ? 99 : Math.min(99, (long) (written * 100.0 / bytes));
        String text = String.format(
                Locale.ROOT,
                "cloning into \"%s\": %d %% (%s of %s)",
                clone,
                percent,
                Figures.size(written),
                Figures.size(bytes));
        if (written <= 0 || written >= bytes) {
            return text;
        }
        double left = elapsed.toMillis() * ((double) (bytes - written) / written);
        return text + ", about " + Figures.duration(Duration.ofMillis((long) left)) + " left";
    }
}
