package io.pgclonedb.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides whether a call may run, in this order: the caller, whether the function is enabled, the arguments, scope and
 * protection. Pure and thread-safe: the same question has the same answer.
 */
public final class Policy {
    private static final List<Rule> CALLER = List.of(new CallerRule(), new EnabledRule());
    private static final List<Rule> ANY_ARGUMENTS = List.of(new NotNullRule(), new StorableTextRule());

    private Policy() {}

    /**
     * Judges a call. The first rule that refuses decides.
     *
     * @param caller the role that logged in, looked up for this call
     * @param facts with roles when {@link #needsRoles} says so
     * @param enabled the names of the enabled functions
     * @throws IllegalStateException when the roles are needed and were not given; the call must not run
     */
    public static Decision decide(Caller caller, Arguments call, ClusterFacts facts, Set<String> enabled) {
        PolicyInput input = new PolicyInput(caller, call, facts, enabled);
        return rules(call.function())
                .map(rule -> rule.check(input))
                .flatMap(Optional::stream)
                .findFirst()
                .<Decision>map(Decision.Denied::new)
                .orElseGet(Decision.Allowed::new);
    }

    /** Whether {@link #decide} has to be given {@link ClusterFacts#roles} to judge this call. */
    public static boolean needsRoles(Arguments call) {
        return rules(call.function()).anyMatch(rule -> rule.needsRoles(call));
    }

    /** The refusal for a caller whose role is no longer there. */
    public static Denial callerIsGone(String name) {
        return Denial.of(
                        DenialReason.CALLER,
                        SqlStates.INSUFFICIENT_PRIVILEGE,
                        "role \"" + name + "\", which this session logged in as, no longer exists")
                .withHint(
                        "Connect again as an application admin; a role made again under the same name is another role.");
    }

    private static Stream<Rule> rules(Function function) {
        CatalogEntry entry = FunctionCatalog.entry(function);
        return Stream.of(CALLER, ANY_ARGUMENTS, entry.argumentRules(), entry.targetRules())
                .flatMap(List::stream);
    }
}
