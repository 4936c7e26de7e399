package io.pgclonedb.it.oracle;

import io.pgclonedb.policy.FunctionKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A place in SQL where a call may stand, and what comes of a call of each kind there, by protocol. Built once, then read. */
final class SqlPosition {
    private static final String CALL = "{call}";

    private final String name;
    private final String template;
    private final Map<FunctionKind, Map<Protocol, Outcome>> cells = new EnumMap<>(FunctionKind.class);
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private String oracleTemplate;
    private boolean plan;
    private int since;
    private @Nullable String prepared;

    private SqlPosition(String name, String template) {
        this.name = name;
        this.template = template;
        this.oracleTemplate = template;
        for (FunctionKind kind : FunctionKind.values()) {
            cells.put(kind, new EnumMap<>(Protocol.class));
        }
    }

    /** @param template a statement, or several, with {@code {call}} in it */
    static SqlPosition place(String name, String template) {
        return new SqlPosition(name, template);
    }

    /** One outcome for all three kinds. */
    SqlPosition all(Outcome outcome) {
        return outcomes(outcome, outcome, outcome);
    }

    /** The outcomes for functions that read a text, that read rows, that act. */
    SqlPosition outcomes(Outcome text, Outcome rows, Outcome acts) {
        for (Protocol protocol : Protocol.values()) {
            put(FunctionKind.READS_TEXT, protocol, text);
            put(FunctionKind.READS_ROWS, protocol, rows);
            put(FunctionKind.ACTS, protocol, acts);
        }
        return this;
    }

    /** Another outcome for everything that begins with a Parse. */
    SqlPosition inParse(Outcome outcome) {
        for (FunctionKind kind : FunctionKind.values()) {
            for (Protocol protocol : Protocol.values()) {
                if (protocol != Protocol.SIMPLE) {
                    put(kind, protocol, outcome);
                }
            }
        }
        return this;
    }

    /** Another outcome with a parameter as the argument. */
    SqlPosition withParameter(Outcome text, Outcome rows, Outcome acts) {
        put(FunctionKind.READS_TEXT, Protocol.PARAMETER, text);
        put(FunctionKind.READS_ROWS, Protocol.PARAMETER, rows);
        put(FunctionKind.ACTS, Protocol.PARAMETER, acts);
        return this;
    }

    /** Another outcome when it is only described, where PostgreSQL finds out no sooner than it runs. */
    SqlPosition described(Outcome text, Outcome rows, Outcome acts) {
        put(FunctionKind.READS_TEXT, Protocol.DESCRIBE, text);
        put(FunctionKind.READS_ROWS, Protocol.DESCRIBE, rows);
        put(FunctionKind.ACTS, Protocol.DESCRIBE, acts);
        return this;
    }

    private void put(FunctionKind kind, Protocol protocol, Outcome outcome) {
        cells.get(kind).put(protocol, outcome);
    }

    /** Simple queries that come before. */
    SqlPosition before(String... queries) {
        before.addAll(List.of(queries));
        return this;
    }

    /** Simple queries that come after, once it was run. */
    SqlPosition after(String... queries) {
        after.addAll(List.of(queries));
        return this;
    }

    /** CALL of a function, which PostgreSQL refuses: compared with a SELECT of it, but for the tag. */
    SqlPosition callOf(String select) {
        oracleTemplate = select;
        return this;
    }

    /** A statement that the client prepares by Parse beforehand, as {@code ps}. */
    SqlPosition prepared(String statement) {
        prepared = statement;
        return this;
    }

    /** Its rows are a plan, in which the rewritten statement shows: they are not compared. */
    SqlPosition plan() {
        plan = true;
        return this;
    }

    /** The first version that has such a statement. */
    SqlPosition since(int version) {
        since = version;
        return this;
    }

    String name() {
        return name;
    }

    /** The name, with the first version that has such a statement. */
    String heading() {
        return since == 0 ? name : name + " (" + since + " and later)";
    }

    /** The statement as the documentation shows it, {@code f()} for the call and what there is before it. */
    String shown() {
        String preparation = prepared == null ? "" : "(`ps`: " + prepared + ") ";
        String earlier = before.stream().map(query -> query + "; ").collect(Collectors.joining());
        return (preparation.replace("`", "") + earlier + template).replace(CALL, "f()");
    }

    Outcome outcome(FunctionKind kind, Protocol protocol) {
        return cells.get(kind).get(protocol);
    }

    List<String> before(FunctionKind kind) {
        return queries(before, kind);
    }

    List<String> after(FunctionKind kind) {
        return queries(after, kind);
    }

    private static List<String> queries(List<String> templates, FunctionKind kind) {
        return templates.stream()
                .map(query -> query.replace(CALL, call(kind, Protocol.SIMPLE)))
                .toList();
    }

    /** Whether it is a CALL. */
    boolean isCall() {
        return !oracleTemplate.equals(template);
    }

    /** Whether there is an argument that a parameter can stand for. */
    boolean hasArgument() {
        return template.contains(CALL);
    }

    /** What the client prepares beforehand; empty when nothing. */
    Optional<String> prepared(FunctionKind kind) {
        return Optional.ofNullable(prepared).map(text -> text.replace(CALL, call(kind, Protocol.SIMPLE)));
    }

    /** Whether the next statement of the session finds everything as it was. */
    boolean leavesNothing() {
        return before.isEmpty()
                && prepared == null
                && template.matches("(SELECT|VALUES|WITH|\\().*")
                && !template.contains(" INTO ");
    }

    boolean isPlan() {
        return plan;
    }

    int firstVersion() {
        return since;
    }

    /** The statement for the proxy. */
    String sql(FunctionKind kind, Protocol protocol) {
        return template.replace(CALL, call(kind, protocol));
    }

    /** The statement for PostgreSQL itself. */
    String oracleSql(FunctionKind kind, Protocol protocol) {
        return oracleTemplate.replace(CALL, call(kind, protocol));
    }

    private static String call(FunctionKind kind, Protocol protocol) {
        return SampleCall.of(kind).sql(protocol == Protocol.PARAMETER);
    }

    @Override
    public String toString() {
        return name;
    }
}
