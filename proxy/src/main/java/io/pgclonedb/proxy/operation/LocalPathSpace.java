package io.pgclonedb.proxy.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.OptionalLong;

/**
 * The file system of a local path that the operator named as that of the server's data directory. Tablespaces may lie
 * elsewhere: of those it says nothing.
 */
record LocalPathSpace(Path dataPath) implements FreeSpaceSource {
    @Override
    public OptionalLong freeBytes(Connection connection, long tablespace) {
        if (tablespace != DEFAULT_TABLESPACE) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Files.getFileStore(dataPath).getUsableSpace());
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }
}
