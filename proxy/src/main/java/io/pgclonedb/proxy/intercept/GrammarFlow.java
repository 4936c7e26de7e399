package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.ResponseFields;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.frontend.Parse;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has the server read the grammar of several statements without running any: its Parse reads all of them before it says that it
 * takes only one.
 */
final class GrammarFlow implements Flow {
    /** What the server thinks of the text. */
    enum Verdict {
        /** It is several statements. */
        SEVERAL,
        /** It is a single one. */
        SINGLE,
        /** It is none; the client has been told. */
        WRONG
    }

    /** The routine of the server that refuses several statements, behind its parser. */
    private static final String BEHIND_PARSER = "exec_parse_message";

    private final Context context;
    private final ServedStatement whole;
    private final Consumer<Verdict> ended;
    private Verdict verdict = Verdict.SINGLE;

    GrammarFlow(Context context, ServedStatement whole, Consumer<Verdict> ended) {
        this.context = context;
        this.whole = whole;
        this.ended = ended;
    }

    @Override
    public void begin() {
        context.statements().forgetStatement(CString.EMPTY);
        context.wire().toBackend(new Parse(CString.EMPTY, CString.of(whole.sql()), List.of()));
        context.wire().toBackend(new FrontendMessage.Sync());
        context.wire().flushBackend();
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (type == FrameType.BACKEND_ERROR_RESPONSE) {
            ErrorResponse error = ErrorResponse.decode(Frames.payload(frame));
            boolean several = error.fields().sqlState().equals(SqlState.SYNTAX_ERROR.code())
                    && error.fields()
                            .get(ResponseFields.ROUTINE)
                            .map(routine -> routine.latin1().equals(BEHIND_PARSER))
                            .orElse(false);
            verdict = several ? Verdict.SEVERAL : Verdict.WRONG;
            if (!several) {
                context.wire().toClient(ServerErrors.translated(error, whole, context.state()));
            }
        } else if (type == FrameType.BACKEND_READY_FOR_QUERY) {
            ended.accept(verdict);
        }
    }
}
