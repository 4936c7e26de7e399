package io.pgclonedb.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All functions of schema {@code pgclonedb}. Immutable. */
public final class FunctionCatalog {
    private static final Map<String, CatalogEntry> ENTRIES = Stream.of(
                    DatabaseFunctions.entries(),
                    SchemaFunctions.entries(),
                    RoleFunctions.entries(),
                    SettingFunctions.entries())
            .flatMap(List::stream)
            .collect(Collectors.toMap(
                    entry -> entry.function().name(),
                    entry -> entry,
                    (first, second) -> {
                        throw new IllegalStateException("two functions of one name");
                    },
                    LinkedHashMap::new));

    private static final int MOST_SUGGESTIONS = 2;
    private static final int LONGEST_MISSPELT = 100;

    private FunctionCatalog() {}

    /** All functions: databases, schemas, roles, then reading and configuring. */
    public static List<Function> functions() {
        return ENTRIES.values().stream().map(CatalogEntry::function).toList();
    }

    /** The function of exactly this name, without schema. */
    public static Optional<Function> find(String name) {
        return Optional.ofNullable(ENTRIES.get(name)).map(CatalogEntry::function);
    }

    /** The names of the functions that a new cluster serves. */
    public static Set<String> enabledByDefault() {
        return functions().stream()
                .filter(Function::enabledByDefault)
                .map(Function::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What somebody who wrote this may have meant: at most two function names, the nearest first, then by name. */
    public static List<String> near(String misspelt) {
        if (misspelt.length() > LONGEST_MISSPELT) {
            return List.of();
        }
        String lower = misspelt.toLowerCase(Locale.ROOT);
        String bare = lower.startsWith("pgclonedb.") ? lower.substring("pgclonedb.".length()) : lower;
        List<String> names = new ArrayList<>(ENTRIES.keySet());
        names.removeIf(name -> EditDistance.between(name, bare) > tolerance(name));
        names.sort(Comparator.comparingInt((String name) -> EditDistance.between(name, bare))
                .thenComparing(Comparator.naturalOrder()));
        return names.stream().limit(MOST_SUGGESTIONS).toList();
    }

    /** What is asked before a function runs; a function that is not of the catalogue has no entry and cannot run. */
    static CatalogEntry entry(Function function) {
        CatalogEntry entry = ENTRIES.get(function.name());
        if (entry == null || !entry.function().equals(function)) {
            throw new IllegalArgumentException("not a function of the catalogue: " + function.name());
        }
        return entry;
    }

    /** A third of the letters may differ, so that a short name is not near to everything. */
    private static int tolerance(String name) {
        return Math.min(3, name.length() / 3);
    }
}
