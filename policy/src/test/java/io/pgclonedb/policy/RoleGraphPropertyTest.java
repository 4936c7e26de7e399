package io.pgclonedb.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the rules' walk over memberships with a transitive closure by matrix, over random graphs with circles. */
class RoleGraphPropertyTest {
    private static final List<String> DATABASES = List.of("myapp", "myapp_dev", "other", "MYAPP_dev", "postgres");

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithTheMatrix(int seed) {
        RandomCluster cluster = new RandomCluster(new Random(seed));
        boolean[][] closure = cluster.closure();
        ClusterFacts facts = cluster.facts();
        for (int role = 0; role < cluster.size; role++) {
            boolean privileged = false;
            boolean foreign = false;
            for (int other = 0; other < cluster.size; other++) {
                privileged |= closure[role][other] && cluster.isPrivileged(other);
                foreign |= closure[role][other] && cluster.ownsForeign(other);
            }
            String expected = privileged ? "42501 privileged_role" : foreign ? "42501 foreign_role" : "allowed";
            assertThat(Given.verdict(Given.MYAPP, Given.call("drop_role", "rolename", cluster.name(role)), facts))
                    .as("seed %d, role %s", seed, cluster.name(role))
                    .isEqualTo(expected);
            for (int member = 0; member < cluster.size; member++) {
                assertThat(cluster.cycleRefused(role, member))
                        .as("seed %d, %d to %d", seed, role, member)
                        .isEqualTo(closure[role][member]);
            }
        }
    }

    private static final class RandomCluster {
        final int size;
        private final boolean[][] edges;
        private final List<RoleFacts> roles = new ArrayList<>();
        private final List<DatabaseOwner> databases = new ArrayList<>();

        RandomCluster(Random random) {
            size = 2 + random.nextInt(12);
            edges = new boolean[size][size];
            for (int edge = random.nextInt(2 * size); edge > 0; edge--) {
                edges[random.nextInt(size)][random.nextInt(size)] = true;
            }
            for (int role = 0; role < size; role++) {
                RoleAttribute[] attributes = RoleAttribute.values();
                boolean attributed = random.nextInt(8) == 0;
                String prefix = random.nextInt(12) == 0 ? "pg_" : "role_";
                roles.add(new RoleFacts(
                        500 + role,
                        prefix + role,
                        attributed ? Set.of(attributes[random.nextInt(attributes.length)]) : Set.of()));
                if (random.nextInt(3) == 0) {
                    databases.add(new DatabaseOwner(DATABASES.get(random.nextInt(DATABASES.size())), 500 + role));
                }
            }
        }

        String name(int role) {
            return roles.get(role).name();
        }

        boolean isPrivileged(int role) {
            return name(role).startsWith("pg_") || !roles.get(role).attributes().isEmpty();
        }

        boolean ownsForeign(int role) {
            return databases.stream()
                    .anyMatch(owner -> owner.owner() == 500 + role
                            && !owner.database().equals("myapp")
                            && !owner.database().equals("myapp_dev"));
        }

        /** Warshall's algorithm; every role reaches itself. */
        boolean[][] closure() {
            boolean[][] reached = new boolean[size][size];
            for (int i = 0; i < size; i++) {
                reached[i] = edges[i].clone();
                reached[i][i] = true;
            }
            for (int via = 0; via < size; via++) {
                for (int from = 0; from < size; from++) {
                    for (int to = 0; to < size; to++) {
                        reached[from][to] |= reached[from][via] && reached[via][to];
                    }
                }
            }
            return reached;
        }

        boolean cycleRefused(int role, int member) {
            Arguments call = Given.call("grant_role", "rolename", name(role), "member", name(member));
            return new CycleRule("rolename", "member")
                    .check(Given.input(Given.MYAPP, call, facts()))
                    .isPresent();
        }

        ClusterFacts facts() {
            List<Membership> memberships = new ArrayList<>();
            for (int member = 0; member < size; member++) {
                for (int role = 0; role < size; role++) {
                    if (edges[member][role]) {
                        memberships.add(new Membership(500 + member, 500 + role));
                    }
                }
            }
            return Given.cluster("myapp").withRoles(new RoleGraph(roles, memberships, databases));
        }
    }
}
