package io.pgclonedb.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.Message;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * A message from a frontend (PostgreSQL documentation, "Message Formats"). Each has
 * {@code static decode(ByteBuf payload)}, which reads the payload without type and length, uses all of it, and throws
 * {@link io.pgclonedb.protocol.ProtocolException} on anything else than exactly one message. CopyData, FunctionCall and
 * the answers to authentication requests are passed on unread and so have no class.
 */
public sealed interface FrontendMessage extends Message
        permits Bind,
                Close,
                CopyFail,
                Describe,
                Execute,
                Parse,
                Query,
                FrontendMessage.CopyDone,
                FrontendMessage.Flush,
                FrontendMessage.Sync,
                FrontendMessage.Terminate {
    /** The end of the data of a COPY FROM STDIN. */
    record CopyDone() implements FrontendMessage {
        /** Checks that there is no payload. */
        public static CopyDone decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new CopyDone());
        }

        @Override
        public byte type() {
            return FrameType.FRONTEND_COPY_DONE;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }

    /** Asks for all answers that are ready. */
    record Flush() implements FrontendMessage {
        /** Checks that there is no payload. */
        public static Flush decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new Flush());
        }

        @Override
        public byte type() {
            return FrameType.FRONTEND_FLUSH;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }

    /** Ends an extended query, and the transaction when none was opened explicitly. */
    record Sync() implements FrontendMessage {
        /** Checks that there is no payload. */
        public static Sync decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new Sync());
        }

        @Override
        public byte type() {
            return FrameType.FRONTEND_SYNC;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }

    /** Ends the session. */
    record Terminate() implements FrontendMessage {
        /** Checks that there is no payload. */
        public static Terminate decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new Terminate());
        }

        @Override
        public byte type() {
            return FrameType.FRONTEND_TERMINATE;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }
}
