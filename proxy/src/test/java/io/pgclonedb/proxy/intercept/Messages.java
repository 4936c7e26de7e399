package io.pgclonedb.proxy.intercept;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.BackendMessage;
import io.pgclonedb.protocol.backend.CommandComplete;
import io.pgclonedb.protocol.backend.DataRow;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.NoticeResponse;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.backend.ResponseFields;
import io.pgclonedb.protocol.backend.RowDescription;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.frontend.Close;
import io.pgclonedb.protocol.frontend.Describe;
import io.pgclonedb.protocol.frontend.Execute;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.frontend.Parse;
import io.pgclonedb.protocol.frontend.Query;
import java.util.Arrays;
import java.util.List;

/** Messages in few words. */
final class Messages {
    static final FrontendMessage SYNC = new FrontendMessage.Sync();
    static final BackendMessage PARSED = new BackendMessage.ParseComplete();
    static final BackendMessage BOUND = new BackendMessage.BindComplete();
    static final BackendMessage CLOSED = new BackendMessage.CloseComplete();
    static final BackendMessage SUSPENDED = new BackendMessage.PortalSuspended();
    static final BackendMessage DESCRIBED = new RowDescription(List.of());
    static final BackendMessage SELECTED = new CommandComplete(CString.ofAscii("SELECT 1"));
    static final BackendMessage IDLE = new ReadyForQuery(TransactionStatus.IDLE);
    static final BackendMessage IN_TRANSACTION = new ReadyForQuery(TransactionStatus.IN_TRANSACTION);
    static final BackendMessage FAILED = new ReadyForQuery(TransactionStatus.FAILED);

    private Messages() {}

    private static CString text(String text) {
        return CString.ofUtf8(text);
    }

    static Query query(String sql) {
        return new Query(text(sql));
    }

    static Parse parse(String name, String sql) {
        return new Parse(text(name), text(sql), List.of());
    }

    static Bind bind(String portal, String statement, String... values) {
        return new Bind(text(portal), text(statement), List.of(), values(values), List.of());
    }

    static Execute execute(String portal, int maxRows) {
        return new Execute(text(portal), maxRows);
    }

    static Describe describeStatement(String name) {
        return new Describe(Describe.STATEMENT, text(name));
    }

    static Close closeStatement(String name) {
        return new Close(Close.STATEMENT, text(name));
    }

    static DataRow row(String... values) {
        return new DataRow(values(values));
    }

    /** What the server makes of a carrier. */
    static String carrier(String nonce, String... arguments) {
        StringBuilder json = new StringBuilder("[\"" + nonce + "\", 0, \"0\", null, \"notice\", \"off\"");
        for (String argument : arguments) {
            json.append(", ").append(argument == null ? "null" : "\"" + argument + "\"");
        }
        return json.append(']').toString();
    }

    static ErrorResponse error(String sqlState, int position) {
        ResponseFields fields = ResponseFields.of("ERROR", sqlState, CString.ofAscii("server"));
        return new ErrorResponse(position > 0 ? fields.withPosition(position) : fields);
    }

    /** What the server says of the grammar of several statements, when it is good. */
    static ErrorResponse severalStatements() {
        return new ErrorResponse(ResponseFields.of("ERROR", "42601", CString.ofAscii("server"))
                .with(ResponseFields.ROUTINE, CString.ofAscii("exec_parse_message")));
    }

    static NoticeResponse notice(String sqlState) {
        return new NoticeResponse(ResponseFields.of("WARNING", sqlState, CString.ofAscii("server")));
    }

    static CommandComplete tag(String tag) {
        return new CommandComplete(CString.ofAscii(tag));
    }

    private static List<Value> values(String... values) {
        return Arrays.stream(values)
                .map(value -> value == null ? Value.NULL : Value.ofUtf8(value))
                .toList();
    }
}
