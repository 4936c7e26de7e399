package io.pgclonedb.proxy.intercept;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.NoticeResponse;
import io.pgclonedb.protocol.backend.ResponseFields;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.sql.CarrierErrors;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.util.Optional;

/** The server's errors and notices about a rewritten statement, as errors about the one the client sent. */
final class ServerErrors {
    private ServerErrors() {}

    static ErrorResponse translated(ErrorResponse error, ServedStatement statement, BackendState state) {
        ResponseFields fields = error.fields();
        int position = position(fields);
        if (position == 0) {
            return error;
        }
        String message = Encodings.decodeLeniently(
                state, fields.get(ResponseFields.MESSAGE).orElse(CString.EMPTY));
        Optional<PgException> ours = CarrierErrors.translate(statement, fields.sqlState(), message, position);
        if (ours.isPresent()) {
            return Responses.error(ours.get(), Encodings.charset(state));
        }
        int original = statement.positions().original(position);
        return new ErrorResponse(
                original > 0 ? fields.withPosition(original) : fields.without(ResponseFields.POSITION));
    }

    /** A notice of the server about a rewritten statement, in which it may point at a place. */
    static NoticeResponse translated(NoticeResponse notice, ServedStatement statement) {
        ResponseFields fields = notice.fields();
        int position = position(fields);
        if (position == 0) {
            return notice;
        }
        int original = statement.positions().original(position);
        return new NoticeResponse(
                original > 0 ? fields.withPosition(original) : fields.without(ResponseFields.POSITION));
    }

    private static int position(ResponseFields fields) {
        try {
            return fields.get(ResponseFields.POSITION)
                    .map(text -> Integer.parseInt(text.latin1()))
                    .orElse(0);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
