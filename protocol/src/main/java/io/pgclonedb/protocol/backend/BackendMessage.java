package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.Message;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * A message from a backend (PostgreSQL documentation, "Message Formats"). Each has
 * {@code static decode(ByteBuf payload)}, which reads the payload without type and length, uses all of it, and throws
 * {@link io.pgclonedb.protocol.ProtocolException} on anything else than exactly one message. CopyData, CopyDone and
 * FunctionCallResponse are passed on unread and so have no class.
 */
public sealed interface BackendMessage extends Message
        permits AuthenticationRequest,
                BackendKeyData,
                CommandComplete,
                CopyBothResponse,
                CopyInResponse,
                CopyOutResponse,
                DataRow,
                ErrorResponse,
                NegotiateProtocolVersion,
                NoticeResponse,
                NotificationResponse,
                ParameterDescription,
                ParameterStatus,
                ReadyForQuery,
                RowDescription,
                BackendMessage.BindComplete,
                BackendMessage.CloseComplete,
                BackendMessage.EmptyQueryResponse,
                BackendMessage.NoData,
                BackendMessage.ParseComplete,
                BackendMessage.PortalSuspended {
    /** Answers Bind. */
    record BindComplete() implements BackendMessage {
        /** Checks that there is no payload. */
        public static BindComplete decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new BindComplete());
        }

        @Override
        public byte type() {
            return FrameType.BACKEND_BIND_COMPLETE;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }

    /** Answers Close. */
    record CloseComplete() implements BackendMessage {
        /** Checks that there is no payload. */
        public static CloseComplete decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new CloseComplete());
        }

        @Override
        public byte type() {
            return FrameType.BACKEND_CLOSE_COMPLETE;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }

    /** Stands in the place of CommandComplete for an empty text. */
    record EmptyQueryResponse() implements BackendMessage {
        /** Checks that there is no payload. */
        public static EmptyQueryResponse decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new EmptyQueryResponse());
        }

        @Override
        public byte type() {
            return FrameType.BACKEND_EMPTY_QUERY_RESPONSE;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }

    /** Answers Describe where no rows will come. */
    record NoData() implements BackendMessage {
        /** Checks that there is no payload. */
        public static NoData decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new NoData());
        }

        @Override
        public byte type() {
            return FrameType.BACKEND_NO_DATA;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }

    /** Answers Parse. */
    record ParseComplete() implements BackendMessage {
        /** Checks that there is no payload. */
        public static ParseComplete decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new ParseComplete());
        }

        @Override
        public byte type() {
            return FrameType.BACKEND_PARSE_COMPLETE;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }

    /** Ends an Execute whose row limit was reached. */
    record PortalSuspended() implements BackendMessage {
        /** Checks that there is no payload. */
        public static PortalSuspended decode(ByteBuf payload) {
            return PayloadReader.readAll(payload, in -> new PortalSuspended());
        }

        @Override
        public byte type() {
            return FrameType.BACKEND_PORTAL_SUSPENDED;
        }

        @Override
        public void encodePayload(PayloadWriter out) {}
    }
}
