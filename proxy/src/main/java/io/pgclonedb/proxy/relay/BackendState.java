package io.pgclonedb.proxy.relay;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.backend.ParameterStatus;
import io.pgclonedb.protocol.backend.TransactionStatus;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known of the server's side of a session: what it owes answers for, its transaction status and the settings it
 * reports (PostgreSQL documentation, "Asynchronous Operations"). Not thread-safe: it belongs to the session's event loop.
 */
public final class BackendState {
    private static final int MAX_REPORTED = 200;

    private final ReplyQueue replies = new ReplyQueue();
    private final Map<CString, CString> reported = new HashMap<>();
    private TransactionStatus transactionStatus = TransactionStatus.IDLE;

    /** What the server still owes an answer for. */
    public ReplyQueue replies() {
        return replies;
    }

    /** As of the last ReadyForQuery. */
    public TransactionStatus transactionStatus() {
        return transactionStatus;
    }

    /** A ReadyForQuery has come. */
    public void ready(TransactionStatus status) {
        transactionStatus = status;
    }

    /** A ParameterStatus has come. */
    public void reported(ParameterStatus status) {
        if (reported.size() < MAX_REPORTED || reported.containsKey(status.name())) {
            reported.put(status.name(), status.value());
        }
    }

    /** The last reported value of a setting, one character a byte; {@code otherwise} when it was never reported. */
    public String setting(String name, String otherwise) {
        CString value = reported.get(CString.ofAscii(name));
        return value == null ? otherwise : value.latin1();
    }

    /** The last reported value of a setting as bytes; empty when it was never reported. */
    public CString settingBytes(String name) {
        return reported.getOrDefault(CString.ofAscii(name), CString.EMPTY);
    }
}
