package io.pgclonedb.proxy.sql;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A statement to be sent to the server in place of the client's. Its text holds no literal secret. Immutable. */
public final class ServedStatement {
    private final byte[] sql;
    private final String nonce;
    private final PositionMap positions;
    private final List<PlannedCall> calls;
    private final int maxParameter;

    ServedStatement(byte[] sql, String nonce, PositionMap positions, List<PlannedCall> calls, int maxParameter) {
        this.sql = sql;
        this.nonce = nonce;
        this.positions = positions;
        this.calls = List.copyOf(calls);
        this.maxParameter = maxParameter;
    }

    /** The rewritten text in the client's encoding, without the terminating zero; a copy. */
    public byte[] sql() {
        return sql.clone();
    }

    /** Marks this statement's carriers. */
    public String nonce() {
        return nonce;
    }

    /** From the rewritten text to the client's. */
    public PositionMap positions() {
        return positions;
    }

    /** In the order of the text. */
    public List<PlannedCall> calls() {
        return calls;
    }

    /** The highest parameter number that the client uses or declares; 0 for none. Hidden parameters follow it. */
    public int maxParameter() {
        return maxParameter;
    }

    /** Numbers of the parameters whose bound values must not reach the server; NULL takes their place. */
    public Set<Integer> secretParameters() {
        return calls.stream()
                .flatMap(call -> call.arguments().values().stream())
                .filter(ArgumentSource.SecretParameter.class::isInstance)
                .map(source -> ((ArgumentSource.SecretParameter) source).number())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The calls that read, in the order of their hidden parameters, which are maxParameter + 1 and so on. */
    public List<PlannedCall> readingCalls() {
        return calls.stream().filter(call -> !call.acts()).toList();
    }

    /** The calls that act. */
    public List<PlannedCall> actingCalls() {
        return calls.stream().filter(PlannedCall::acts).toList();
    }

    @Override
    public String toString() {
        return "ServedStatement" + calls;
    }
}
