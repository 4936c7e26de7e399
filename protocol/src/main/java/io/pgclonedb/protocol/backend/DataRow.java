package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import io.pgclonedb.protocol.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of a result, in the formats of its description.
 *
 * @param columns values, {@link Value#NULL} among them
 */
public record DataRow(List<Value> columns) implements BackendMessage {
    public DataRow {
        columns = PayloadWriter.counted(columns);
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static DataRow decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new DataRow(in.readValues()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_DATA_ROW;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeValues(columns);
    }

    /**
     * The same with one column replaced.
     *
     * @param index from 0
     * @throws IndexOutOfBoundsException when there is no such column
     */
    public DataRow withColumn(int index, Value value) {
        List<Value> values = new ArrayList<>(columns);
        values.set(index, value);
        return new DataRow(values);
    }
}
