package io.pgclonedb.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The callers, calls and clusters that tests start from. */
final class Given {
    static final Caller SUPERUSER = new Caller(10, "postgres", true, true, true, false);
    static final Caller MYAPP = admin("myapp");
    static final Set<String> EVERYTHING =
            FunctionCatalog.functions().stream().map(Function::name).collect(Collectors.toSet());

    private Given() {}

    static Caller admin(String application) {
        return new Caller(100, application + "_db_admin", false, true, true, true);
    }

    static Function function(String name) {
        return FunctionCatalog.find(name).orElseThrow();
    }

    /** A call; the arguments are names and values in turn. */
    static Arguments call(String function, Object... namesAndValues) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Arguments(function(function), given);
    }

    /** A cluster served by role proxy, with control database pgclonedb and these application admins, its roles unknown. */
    static ClusterFacts cluster(String... applications) {
        Set<String> admins = Arrays.stream(applications)
                .map(application -> application + "_db_admin")
                .collect(Collectors.toSet());
        return new ClusterFacts("proxy", "pgclonedb", admins);
    }

    static PolicyInput input(Caller caller, Arguments call, ClusterFacts facts) {
        return new PolicyInput(caller, call, facts, EVERYTHING);
    }

    /** What the policy says when every function is enabled. */
    static Optional<Denial> denial(Caller caller, Arguments call, ClusterFacts facts) {
        Decision decision = Policy.decide(caller, call, facts, EVERYTHING);
        return decision instanceof Decision.Denied denied ? Optional.of(denied.denial()) : Optional.empty();
    }

    /** The SQLSTATE and reason of a refusal as {@code 42501 scope}, or {@code allowed}. */
    static String verdict(Caller caller, Arguments call, ClusterFacts facts) {
        return denial(caller, call, facts)
                .map(denial -> denial.sqlState() + " " + denial.reason().label())
                .orElse("allowed");
    }

    static Roles roles() {
        return new Roles();
    }

    /**
     * Builds a role graph by names. The superuser and myapp's admin are in it from the start, and so are the databases of a new
     * cluster.
     */
    static final class Roles {
        private final Map<String, RoleFacts> roles = new LinkedHashMap<>();
        private final List<Membership> memberships = new ArrayList<>();
        private final Set<DatabaseOwner> databases = new LinkedHashSet<>();
        private long nextOid = 1000;

        private Roles() {
            put(new RoleFacts(SUPERUSER.oid(), SUPERUSER.name(), Set.of(RoleAttribute.SUPERUSER)));
            put(new RoleFacts(MYAPP.oid(), MYAPP.name(), Set.of()));
            put(new RoleFacts(1, "pgclonedb_user", Set.of()));
            put(new RoleFacts(2, "proxy", Set.of()));
            member(MYAPP.name(), "pgclonedb_user");
            List.of("postgres", "template0", "template1").forEach(name -> owns(SUPERUSER.name(), name));
            owns("proxy", "pgclonedb");
        }

        Roles role(String name, RoleAttribute... attributes) {
            put(new RoleFacts(nextOid++, name, Set.of(attributes)));
            return this;
        }

        Roles member(String member, String of) {
            memberships.add(new Membership(oid(member), oid(of)));
            return this;
        }

        /** A membership in a role that is not in the snapshot. */
        Roles memberOfUnknown(String member) {
            memberships.add(new Membership(oid(member), 999_999));
            return this;
        }

        Roles owns(String owner, String database) {
            databases.add(new DatabaseOwner(database, oid(owner)));
            return this;
        }

        RoleGraph graph() {
            return new RoleGraph(roles.values(), memberships, databases);
        }

        ClusterFacts in(ClusterFacts cluster) {
            return cluster.withRoles(graph());
        }

        private void put(RoleFacts role) {
            roles.put(role.name(), role);
        }

        private long oid(String name) {
            return roles.computeIfAbsent(name, missing -> new RoleFacts(nextOid++, missing, Set.of()))
                    .oid();
        }
    }
}
