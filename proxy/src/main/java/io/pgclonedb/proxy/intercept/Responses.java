package io.pgclonedb.proxy.intercept;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.NoticeResponse;
import io.pgclonedb.protocol.backend.ResponseFields;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallNotice;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Our errors and notices in PostgreSQL's form (PostgreSQL documentation, "Error and Notice Message Fields"). */
public final class Responses {
    private Responses() {}

    /** An error for a client of the given encoding. */
    public static ErrorResponse error(PgException error, Charset charset) {
        ResponseFields fields =
                ResponseFields.of(error.severity().name(), error.sqlState(), text(error.text(), charset));
        fields = with(fields, ResponseFields.DETAIL, error.detail(), charset);
        fields = with(fields, ResponseFields.HINT, error.hint(), charset);
        return new ErrorResponse(error.position() > 0 ? fields.withPosition(error.position()) : fields);
    }

    /** A notice for a client of the given encoding. */
    static NoticeResponse notice(CallNotice notice, Charset charset) {
        ResponseFields fields =
                ResponseFields.of(notice.severity(), notice.sqlState(), text(notice.message(), charset));
        fields = with(fields, ResponseFields.DETAIL, notice.detail(), charset);
        return new NoticeResponse(with(fields, ResponseFields.HINT, notice.hint(), charset));
    }

    private static ResponseFields with(ResponseFields fields, char code, @Nullable String value, Charset charset) {
        return value == null ? fields : fields.with(code, text(value, charset));
    }

    /** A name may hold anything, a message must not hold a NUL. */
    private static CString text(String value, Charset charset) {
        return CString.of(value.replace('\0', ' ').getBytes(charset));
    }
}
