package io.pgclonedb.proxy.sql;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A statement to be sent to the server in place of the client's. Its text holds no literal secret. Immutable. */
public final class ServedStatement {
    /**
     * What a statement does beside its calls.
     *
     * @param tag to be shown in place of the server's; null for the server's
     * @param cursor the name of the cursor it declares; null for none
     * @param withoutParameters whether the server takes no parameters in it
     */
    record Effect(@Nullable String tag, @Nullable String cursor, boolean withoutParameters) {
        static final Effect NONE = new Effect(null, null, false);

        static Effect of(Command command) {
            if (command instanceof Command.Call) {
                return new Effect("CALL", null, false);
            }
            if (command instanceof Command.DeclareCursor declare) {
                return new Effect(null, declare.name(), false);
            }
            return new Effect(null, null, command instanceof Command.CopyQuery);
        }
    }

    private final Rewritten rewritten;
    private final String nonce;
    private final List<PlannedCall> calls;
    private final int maxParameter;
    private final Effect effect;

    ServedStatement(Rewritten rewritten, String nonce, List<PlannedCall> calls, int maxParameter, Effect effect) {
        this.rewritten = rewritten;
        this.nonce = nonce;
        this.calls = List.copyOf(calls);
        this.maxParameter = maxParameter;
        this.effect = effect;
    }

    /** A statement without calls that is sent as it is. */
    public static ServedStatement unchanged(byte[] sql) {
        PositionMap same = new PositionMap(List.of(new PositionMap.Run(0, 0, true, -1, -1)));
        return new ServedStatement(new Rewritten(sql, same, List.of()), "", List.of(), 0, Effect.NONE);
    }

    /** The rewritten text in the client's encoding, without the terminating zero; a copy. */
    public byte[] sql() {
        return rewritten.sql().clone();
    }

    /** Marks this statement's carriers. */
    public String nonce() {
        return nonce;
    }

    /** From the rewritten text to the client's. */
    public PositionMap positions() {
        return rewritten.positions();
    }

    /** In the order of the text; empty for a statement that is only a part of the client's text. */
    public List<PlannedCall> calls() {
        return calls;
    }

    /** The highest parameter number that the client uses or declares; 0 for none. Hidden parameters follow it. */
    public int maxParameter() {
        return maxParameter;
    }

    /** The command tag to be shown in place of the server's; null for the server's. */
    public @Nullable String tag() {
        return effect.tag();
    }

    /** The name of the cursor it declares, whose rows hold its carriers; null for none. */
    public @Nullable String cursor() {
        return actingCalls().isEmpty() ? null : effect.cursor();
    }

    /** Whether the answers of its reading calls have to be known before it is parsed; see {@link #withAnswers}. */
    public boolean needsAnswersFirst() {
        return effect.withoutParameters() && !readingCalls().isEmpty();
    }

    /**
     * The statement with literals in place of the hidden parameters.
     *
     * @param answers of the reading calls, in their order
     * @param charset the client's
     */
    public ServedStatement withAnswers(List<String> answers, Charset charset) {
        return new ServedStatement(
                rewritten.withLiterals(maxParameter + 1, answers, charset), nonce, calls, maxParameter, effect);
    }

    /**
     * A statement that brings the rows of this one, as FETCH and EXECUTE do.
     *
     * @param user what is sent, a statement without calls
     */
    public ServedStatement usedBy(ServedStatement user) {
        return new ServedStatement(user.rewritten, nonce, calls, 0, Effect.NONE);
    }

    /** Numbers of the parameters whose bound values must not reach the server; NULL takes their place. */
    public Set<Integer> secretParameters() {
        return calls.stream()
                .flatMap(call -> call.arguments().values().stream())
                .filter(ArgumentSource.SecretParameter.class::isInstance)
                .map(source -> ((ArgumentSource.SecretParameter) source).number())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The calls that read and whose answers are not in the text yet, in the order of their hidden parameters, which are maxParameter + 1 and so on. */
    public List<PlannedCall> readingCalls() {
        Set<Integer> hidden =
                rewritten.holes().stream().map(Rewritten.Hole::number).collect(Collectors.toUnmodifiableSet());
        return calls.stream()
                .filter(call -> hidden.contains(call.hiddenParameter()))
                .toList();
    }

    /** Whether what the server answers to an Execute differs from what the client gets. */
    public boolean changesAnswers() {
        return effect.tag() != null || calls.stream().anyMatch(PlannedCall::acts);
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
