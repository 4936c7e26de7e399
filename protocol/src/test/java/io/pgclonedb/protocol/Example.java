package io.pgclonedb.protocol;

import static io.pgclonedb.protocol.Wire.bytes;
import static io.pgclonedb.protocol.Wire.text;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.backend.AuthenticationRequest;
import io.pgclonedb.protocol.backend.BackendKeyData;
import io.pgclonedb.protocol.backend.BackendMessage;
import io.pgclonedb.protocol.backend.CommandComplete;
import io.pgclonedb.protocol.backend.CopyBothResponse;
import io.pgclonedb.protocol.backend.CopyInResponse;
import io.pgclonedb.protocol.backend.CopyOutResponse;
import io.pgclonedb.protocol.backend.DataRow;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.NegotiateProtocolVersion;
import io.pgclonedb.protocol.backend.NoticeResponse;
import io.pgclonedb.protocol.backend.NotificationResponse;
import io.pgclonedb.protocol.backend.ParameterDescription;
import io.pgclonedb.protocol.backend.ParameterStatus;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.backend.ResponseFields;
import io.pgclonedb.protocol.backend.RowDescription;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.frontend.Close;
import io.pgclonedb.protocol.frontend.CopyFail;
import io.pgclonedb.protocol.frontend.Describe;
import io.pgclonedb.protocol.frontend.Execute;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.frontend.Parse;
import io.pgclonedb.protocol.frontend.Query;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A message next to its type byte and payload as the documentation of the protocol lays them out. */
record Example(char type, Value content, Message message, Function<ByteBuf, ? extends Message> decoder) {
    private static final byte[] PARAMETER_FORMATS = bytes(0, 3, 0, 0, 0, 1, 0, 1);

    /** The text abc, null and no bytes. */
    private static final byte[] PARAMETERS = bytes(0, 3, 0, 0, 0, 3, "abc", 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

    private static final byte[] RESULT_FORMATS = bytes(0, 1, 0, 1);

    Example(char type, byte[] payload, Message message, Function<ByteBuf, ? extends Message> decoder) {
        this(type, Value.of(payload), message, decoder);
    }

    byte[] payload() {
        return content.bytes();
    }

    static Stream<Example> all() {
        return Stream.concat(frontend(), backend());
    }

    static Stream<Example> frontend() {
        return Stream.of(
                new Example('Q', bytes("select 'é'\0"), new Query(CString.of(bytes("select 'é'"))), Query::decode),
                new Example('Q', bytes("\0"), new Query(CString.EMPTY), Query::decode),
                new Example(
                        'P',
                        bytes("s1\0select $1\0", 0, 2, 0, 0, 0, 25, 0xff, 0xff, 0xff, 0xfe),
                        new Parse(text("s1"), text("select $1"), List.of(25, -2)),
                        Parse::decode),
                new Example(
                        'P', bytes("\0\0", 0, 0), new Parse(CString.EMPTY, CString.EMPTY, List.of()), Parse::decode),
                new Example(
                        'B',
                        bytes("p\0s\0", PARAMETER_FORMATS, PARAMETERS, RESULT_FORMATS),
                        new Bind(
                                text("p"),
                                text("s"),
                                List.of((short) 0, (short) 1, (short) 1),
                                List.of(Value.ofUtf8("abc"), Value.NULL, Value.EMPTY),
                                List.of((short) 1)),
                        Bind::decode),
                new Example(
                        'B',
                        bytes("\0\0", 0, 0, 0, 0, 0, 0),
                        new Bind(CString.EMPTY, CString.EMPTY, List.of(), List.of(), List.of()),
                        Bind::decode),
                new Example('D', bytes("Ss1\0"), new Describe('S', text("s1")), Describe::decode),
                new Example('D', bytes("P\0"), new Describe('P', CString.EMPTY), Describe::decode),
                new Example('C', bytes("S\0"), new Close('S', CString.EMPTY), Close::decode),
                new Example('C', bytes("Pp1\0"), new Close('P', text("p1")), Close::decode),
                new Example('E', bytes("p\0", 0, 0, 1, 0), new Execute(text("p"), 256), Execute::decode),
                new Example('f', bytes("no\0"), new CopyFail(text("no")), CopyFail::decode),
                new Example('c', bytes(), new FrontendMessage.CopyDone(), FrontendMessage.CopyDone::decode),
                new Example('H', bytes(), new FrontendMessage.Flush(), FrontendMessage.Flush::decode),
                new Example('S', bytes(), new FrontendMessage.Sync(), FrontendMessage.Sync::decode),
                new Example('X', bytes(), new FrontendMessage.Terminate(), FrontendMessage.Terminate::decode));
    }

    static Stream<Example> backend() {
        return Stream.of(
                new Example('R', bytes(0, 0, 0, 0), AuthenticationRequest.ok(), AuthenticationRequest::decode),
                new Example(
                        'R',
                        bytes(0, 0, 0, 3),
                        new AuthenticationRequest(AuthenticationRequest.CLEARTEXT_PASSWORD, Value.EMPTY),
                        AuthenticationRequest::decode),
                new Example(
                        'R',
                        bytes(0, 0, 0, 5, 1, 2, 3, 4),
                        new AuthenticationRequest(AuthenticationRequest.MD5_PASSWORD, Value.of(bytes(1, 2, 3, 4))),
                        AuthenticationRequest::decode),
                new Example(
                        'R',
                        bytes(0, 0, 0, 10, "SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0"),
                        AuthenticationRequest.sasl(List.of(text("SCRAM-SHA-256-PLUS"), text("SCRAM-SHA-256"))),
                        AuthenticationRequest::decode),
                new Example(
                        'K',
                        bytes(0, 0, 0x30, 0x39, 1, 2, 3, 4),
                        new BackendKeyData(12345, Value.of(bytes(1, 2, 3, 4))),
                        BackendKeyData::decode),
                new Example(
                        'S',
                        bytes("client_encoding\0UTF8\0"),
                        new ParameterStatus(text("client_encoding"), text("UTF8")),
                        ParameterStatus::decode),
                new Example('Z', bytes("I"), new ReadyForQuery(TransactionStatus.IDLE), ReadyForQuery::decode),
                new Example(
                        'Z', bytes("T"), new ReadyForQuery(TransactionStatus.IN_TRANSACTION), ReadyForQuery::decode),
                new Example('Z', bytes("E"), new ReadyForQuery(TransactionStatus.FAILED), ReadyForQuery::decode),
                new Example(
                        'E',
                        bytes("SERROR\0VERROR\0C42601\0Msyntax error\0P8\0\0"),
                        new ErrorResponse(ResponseFields.of("ERROR", "42601", text("syntax error"))
                                .withPosition(8)),
                        ErrorResponse::decode),
                new Example(
                        'N',
                        bytes("SNOTICE\0VNOTICE\0C00000\0Mhello\0\0"),
                        new NoticeResponse(ResponseFields.of("NOTICE", "00000", text("hello"))),
                        NoticeResponse::decode),
                new Example(
                        'N', bytes("\0"), new NoticeResponse(new ResponseFields(List.of())), NoticeResponse::decode),
                new Example(
                        'T',
                        bytes(0, 1, "id\0", 0, 0, 0x40, 0, 0, 1, 0, 0, 0, 23, 0, 4, 0xff, 0xff, 0xff, 0xff, 0, 1),
                        new RowDescription(List.of(
                                new RowDescription.Field(text("id"), 0x4000, (short) 1, 23, (short) 4, -1, (short) 1))),
                        RowDescription::decode),
                new Example('T', bytes(0, 0), new RowDescription(List.of()), RowDescription::decode),
                new Example(
                        'D',
                        bytes(0, 2, 0, 0, 0, 1, "x", 0xff, 0xff, 0xff, 0xff),
                        new DataRow(List.of(Value.ofUtf8("x"), Value.NULL)),
                        DataRow::decode),
                new Example(
                        't',
                        bytes(0, 1, 0, 0, 0, 25),
                        new ParameterDescription(List.of(25)),
                        ParameterDescription::decode),
                new Example('C', bytes("SELECT 3\0"), new CommandComplete(text("SELECT 3")), CommandComplete::decode),
                new Example(
                        'A',
                        bytes(0, 0, 0, 7, "ch\0hello\0"),
                        new NotificationResponse(7, text("ch"), text("hello")),
                        NotificationResponse::decode),
                new Example(
                        'v',
                        bytes(0, 3, 0, 2, 0, 0, 0, 1, "_pq_.x\0"),
                        new NegotiateProtocolVersion(0x00030002, List.of(text("_pq_.x"))),
                        NegotiateProtocolVersion::decode),
                new Example(
                        'G',
                        bytes(0, 0, 2, 0, 0, 0, 0),
                        new CopyInResponse((byte) 0, List.of((short) 0, (short) 0)),
                        CopyInResponse::decode),
                new Example(
                        'H',
                        bytes(1, 0, 1, 0, 1),
                        new CopyOutResponse((byte) 1, List.of((short) 1)),
                        CopyOutResponse::decode),
                new Example('W', bytes(0, 0, 0), new CopyBothResponse((byte) 0, List.of()), CopyBothResponse::decode),
                new Example('1', bytes(), new BackendMessage.ParseComplete(), BackendMessage.ParseComplete::decode),
                new Example('2', bytes(), new BackendMessage.BindComplete(), BackendMessage.BindComplete::decode),
                new Example('3', bytes(), new BackendMessage.CloseComplete(), BackendMessage.CloseComplete::decode),
                new Example('n', bytes(), new BackendMessage.NoData(), BackendMessage.NoData::decode),
                new Example('s', bytes(), new BackendMessage.PortalSuspended(), BackendMessage.PortalSuspended::decode),
                new Example(
                        'I',
                        bytes(),
                        new BackendMessage.EmptyQueryResponse(),
                        BackendMessage.EmptyQueryResponse::decode));
    }

    /** A key extends to the end of its message, so that more bytes make a longer key. */
    boolean mayBeLonger() {
        return message instanceof BackendKeyData;
    }

    @Override
    public String toString() {
        return "'" + type + "' " + message;
    }
}
