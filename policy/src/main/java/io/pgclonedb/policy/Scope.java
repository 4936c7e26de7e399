package io.pgclonedb.policy;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The databases of one application: those named like it or after it with an underscore, byte for byte, but for the ones that
 * belong to an application with a longer matching name, and never a protected one. Immutable.
 */
public final class Scope {
    private final String application;
    private final Set<String> longerApplications;
    private final ClusterFacts facts;

    private Scope(String application, Set<String> longerApplications, ClusterFacts facts) {
        this.application = application;
        this.longerApplications = longerApplications;
        this.facts = facts;
    }

    /** The scope of {@code application}, next to the others that are onboarded on the cluster. */
    public static Scope of(String application, ClusterFacts facts) {
        Set<String> longer = facts.applications().stream()
                .filter(other -> other.length() > application.length())
                .collect(Collectors.toUnmodifiableSet());
        return new Scope(application, longer, facts);
    }

    /** Whether the database is one of the application's, should it exist. */
    public boolean contains(String database) {
        return !facts.isProtected(database)
                && matches(application, database)
                && longerApplications.stream().noneMatch(longer -> matches(longer, database));
    }

    /** Whether the caller may name the database: in its scope; for a superuser any that is not protected. */
    static boolean reaches(PolicyInput input, String database) {
        if (input.caller().superuser()) {
            return !input.facts().isProtected(database);
        }
        return input.caller()
                .application()
                .filter(application -> of(application, input.facts()).contains(database))
                .isPresent();
    }

    private static boolean matches(String application, String database) {
        return database.equals(application) || database.startsWith(application + "_");
    }
}
