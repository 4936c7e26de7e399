package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.frontend.Close;
import io.pgclonedb.protocol.frontend.Describe;
import io.pgclonedb.protocol.frontend.Execute;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements and portals of a session that hold calls, as the server has confirmed them. A statement that the
 * server knows and this does not would leak a carrier; hence only what is certainly gone is removed.
 */
final class CarrierStatements implements Carriers {
    /** The server cuts names off there (NAMEDATALEN). */
    private static final int NAME_LENGTH = 63;

    /**
     * A portal made of a statement with calls.
     *
     * @param bind with the values the client sent; some are secrets and did not reach the server
     */
    record Portal(ServedStatement statement, Bind bind) implements Carriers {
        @Override
        public @Nullable Portal markedWith(String nonce) {
            return statement.nonce().equals(nonce) ? this : null;
        }

        @Override
        public String toString() {
            return "Portal[" + statement + "]";
        }
    }

    private final Map<CString, ServedStatement> statements = new HashMap<>();
    private final Map<CString, Portal> portals = new HashMap<>();

    boolean isEmpty() {
        return statements.isEmpty() && portals.isEmpty();
    }

    @Nullable
    ServedStatement statement(CString name) {
        return statements.get(key(name));
    }

    @Nullable
    Portal portal(CString name) {
        return portals.get(key(name));
    }

    /** Whether a Bind, Describe, Execute or Close is about a statement or portal with calls. */
    boolean concerns(byte type, ByteBuf payload) {
        return switch (type) {
            case FrameType.FRONTEND_BIND ->
                Bind.peekNames(payload)
                        .map(names -> statement(names.statement()) != null || portal(names.portal()) != null)
                        .orElse(false);
            case FrameType.FRONTEND_DESCRIBE -> {
                Describe describe = Describe.decode(payload);
                ServedStatement served = describe.isStatement() ? statement(describe.name()) : null;
                yield served != null && !served.readingCalls().isEmpty();
            }
            case FrameType.FRONTEND_EXECUTE -> {
                CarrierStatements.Portal portal = portal(Execute.decode(payload).portal());
                yield holdsActingCursor()
                        || (portal != null && portal.statement().changesAnswers());
            }
            case FrameType.FRONTEND_CLOSE -> {
                Close close = Close.decode(payload);
                yield close.isStatement() ? statement(close.name()) != null : portal(close.name()) != null;
            }
            default -> false;
        };
    }

    /** ParseComplete has come. */
    void prepared(CString name, ServedStatement statement) {
        statements.put(key(name), statement);
    }

    /** BindComplete has come. */
    void bound(CString name, Portal portal) {
        portals.put(key(name), portal);
    }

    /** A portal has been executed to its end: where it declares a cursor with carriers, their rows come from there. */
    void declared(Portal portal, Charset charset) {
        String cursor = portal.statement().cursor();
        if (cursor != null) {
            bound(CString.of(cursor.getBytes(charset)), portal);
        }
    }

    /** A simple query drops what has no name. */
    void forgetUnnamed() {
        forgetStatement(CString.EMPTY);
        forgetPortal(CString.EMPTY);
    }

    /** A statement without calls is bound: the server replaces the unnamed portal, and refuses another that is there. */
    void boundOrdinary(CString portal) {
        if (portal.isEmpty()) {
            forgetPortal(portal);
        }
    }

    void forgetStatement(CString name) {
        statements.remove(key(name));
    }

    void forgetPortal(CString name) {
        portals.remove(key(name));
    }

    /** No portal outlives its transaction. */
    void transactionEnded() {
        portals.clear();
    }

    /** Whether the rows of a cursor of any name hold calls that act: any Execute may be of a FETCH from it. */
    boolean holdsActingCursor() {
        return portals.entrySet().stream()
                .anyMatch(entry -> !entry.getKey().isEmpty()
                        && !entry.getValue().statement().actingCalls().isEmpty());
    }

    @Override
    public @Nullable Portal markedWith(String nonce) {
        return portals.values().stream()
                .filter(portal -> portal.statement().nonce().equals(nonce))
                .findFirst()
                .orElse(null);
    }

    /** Whether SQL's EXECUTE or FETCH could reach one of them by name. */
    boolean hasNamed() {
        return statements.keySet().stream().anyMatch(name -> !name.isEmpty())
                || portals.keySet().stream().anyMatch(name -> !name.isEmpty());
    }

    private static CString key(CString name) {
        return name.truncated(NAME_LENGTH);
    }
}
