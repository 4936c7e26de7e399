package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.CommandComplete;
import io.pgclonedb.protocol.backend.DataRow;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.NoticeResponse;
import io.pgclonedb.protocol.backend.ParameterDescription;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.backend.ResponseFields;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.frontend.Close;
import io.pgclonedb.protocol.frontend.Describe;
import io.pgclonedb.protocol.frontend.Execute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Frames as text: the type, and what the tests look at. */
final class Transcript {
    private Transcript() {}

    static String ofFrontend(ByteBuf frame) {
        byte type = frame.getByte(frame.readerIndex());
        ByteBuf payload = Frames.payload(frame);
        String content = switch (type) {
            case FrameType.FRONTEND_BIND -> bind(payload);
            case FrameType.FRONTEND_EXECUTE -> {
                Execute execute = Execute.decode(payload);
                yield " " + text(execute.portal()) + " " + execute.maxRows();
            }
            case FrameType.FRONTEND_DESCRIBE -> {
                Describe describe = Describe.decode(payload);
                yield " " + describe.kind() + " " + text(describe.name());
            }
            case FrameType.FRONTEND_CLOSE -> {
                Close close = Close.decode(payload);
                yield " " + (close.isStatement() ? "S" : "P") + " " + text(close.name());
            }
            case FrameType.FRONTEND_PARSE -> " " + text(CString.read(payload.duplicate()));
            default -> "";
        };
        return ((char) type + content).strip();
    }

    private static String bind(ByteBuf payload) {
        if (text(Bind.peekNames(payload).orElseThrow().statement()).equals("pgclonedb: operation refused")) {
            return " to fail";
        }
        Bind bind = Bind.decode(payload);
        return " " + text(bind.portal()) + "<" + text(bind.statement()) + values(bind.parameters());
    }

    static String ofBackend(ByteBuf frame) {
        byte type = frame.getByte(frame.readerIndex());
        ByteBuf payload = Frames.payload(frame);
        String content = switch (type) {
            case FrameType.BACKEND_ERROR_RESPONSE ->
                fields(ErrorResponse.decode(payload).fields());
            case FrameType.BACKEND_NOTICE_RESPONSE ->
                fields(NoticeResponse.decode(payload).fields());
            case FrameType.BACKEND_READY_FOR_QUERY ->
                " " + ReadyForQuery.decode(payload).status();
            case FrameType.BACKEND_DATA_ROW ->
                " " + values(DataRow.decode(payload).columns());
            case FrameType.BACKEND_COMMAND_COMPLETE ->
                " " + text(CommandComplete.decode(payload).tag());
            case FrameType.BACKEND_PARAMETER_DESCRIPTION ->
                " " + ParameterDescription.decode(payload).types();
            default -> "";
        };
        return (char) type + content;
    }

    private static String fields(ResponseFields fields) {
        String position =
                fields.get(ResponseFields.POSITION).map(at -> " at " + text(at)).orElse("");
        return " " + fields.sqlState() + " "
                + fields.get(ResponseFields.MESSAGE).map(Transcript::text).orElse("") + position;
    }

    private static String values(List<Value> values) {
        return values.stream()
                .map(value -> value.isNull() ? "NULL" : new String(value.bytes(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(CString string) {
        return new String(string.bytes(), StandardCharsets.UTF_8);
    }
}
