package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.Format;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import java.util.List;

/**
 * What the columns of a result are.
 *
 * @param fields one a column
 */
public record RowDescription(List<Field> fields) implements BackendMessage {
    public RowDescription {
        fields = PayloadWriter.counted(fields);
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static RowDescription decode(ByteBuf payload) {
        return PayloadReader.readAll(
                payload, in -> new RowDescription(in.readList(in.readCount(), Field.MIN_LENGTH, Field::read)));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_ROW_DESCRIPTION;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeList(fields, field -> field.write(out));
    }

    /**
     * One column.
     *
     * @param name in the client encoding
     * @param tableOid unsigned; 0 when it is not a column of a table
     * @param columnNumber in that table, from 1; 0 when it is not a column of a table
     * @param typeOid unsigned
     * @param typeLength in bytes; negative for types of variable length
     * @param typeModifier whose meaning depends on the type; -1 for none
     * @param format code; 0 in the description of a statement, where it is not yet known
     */
    public record Field(
            CString name,
            int tableOid,
            short columnNumber,
            int typeOid,
            short typeLength,
            int typeModifier,
            short format) {
        private static final int MIN_LENGTH = 19;
        private static final int TEXT_OID = 25;

        /** A column of type {@code text} that is not a column of a table, in text format. */
        public static Field ofText(CString name) {
            return new Field(name, 0, (short) 0, TEXT_OID, (short) -1, -1, Format.TEXT.code());
        }

        private static Field read(PayloadReader in) {
            return new Field(
                    in.readCString(),
                    in.readInt(),
                    in.readShort(),
                    in.readInt(),
                    in.readShort(),
                    in.readInt(),
                    in.readShort());
        }

        private void write(PayloadWriter out) {
            out.writeCString(name)
                    .writeInt(tableOid)
                    .writeShort(columnNumber)
                    .writeInt(typeOid)
                    .writeShort(typeLength)
                    .writeInt(typeModifier)
                    .writeShort(format);
        }
    }
}
