package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.config.ProxyConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the disk check of a clone would learn the free space, for an operator to see.
 *
 * @param source what is asked, in words
 * @param bytes what it says of the data directory
 */
public record FreeSpaceReport(String source, long bytes) {
    /**
     * Asks the sources that the configuration opens, in the order of the disk check; empty when none works.
     *
     * @param connection a superuser's, in autocommit mode; nothing stays changed
     */
    public static Optional<FreeSpaceReport> read(Connection connection, ProxyConfig config) throws SQLException {
        for (Map.Entry<String, FreeSpaceSource> source : sources(config).entrySet()) {
            OptionalLong free = source.getValue().freeBytes(connection, FreeSpaceSource.DEFAULT_TABLESPACE);
            if (free.isPresent()) {
                return Optional.of(new FreeSpaceReport(source.getKey(), free.getAsLong()));
            }
        }
        return Optional.empty();
    }

    /** The sources by their names in words, the first to be asked first. */
    static Map<String, FreeSpaceSource> sources(ProxyConfig config) {
        Map<String, FreeSpaceSource> sources = new LinkedHashMap<>();
        Path dataPath = config.dataPath();
        if (dataPath != null) {
            sources.put("data_path " + dataPath, new LocalPathSpace(dataPath));
        }
        sources.put("df on the server", new ServerDfSpace());
        if (config.volumeSize() > 0) {
            sources.put("volume_size less what is used", new VolumeSizeSpace(config.volumeSize()));
        }
        return sources;
    }

    /** The free space in words. */
    public String readable() {
        return Figures.size(bytes);
    }
}
