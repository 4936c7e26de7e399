package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.proxy.relay.BackendState;

/**
 * One message of the client that needs more than passing on, from its first byte to its last answer. While a flow runs, the
 * client's next messages wait and the server's answers come to {@link #reply}; nothing else is unanswered when it begins.
 */
sealed interface Flow
        permits BindFlow,
                DescribeFlow,
                ExecuteFlow,
                GrammarFlow,
                HiddenQueryFlow,
                ParseFlow,
                PassingFlow,
                RefusalFlow,
                ScriptFlow,
                SimpleQueryFlow {
    /** Sends the first messages to the server; may end the flow at once. */
    void begin();

    /** An answer of the server; the frame is only valid during the call. */
    void reply(byte type, ByteBuf frame);

    /** Whether answers of this type must be seen whole; the others pass unseen. */
    default boolean looksInto(byte type) {
        return type != FrameType.BACKEND_NOTICE_RESPONSE && type != FrameType.BACKEND_COPY_DATA;
    }

    /**
     * What the flows of a session share.
     *
     * @param statements what the session has prepared
     * @param refusals hears of calls that are refused while they are parsed
     * @param done to be run when the last answer has come: the client's next messages follow
     */
    record Context(
            Wire wire,
            BackendState state,
            CarrierStatements statements,
            CallRunner calls,
            RefusalObserver refusals,
            Runnable done) {}
}
