package io.pgclonedb.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A comma-separated list of function names, as {@code configure} takes it: blanks around the names do not count, and {@code all}
 * stands for every function that can be disabled.
 *
 * @param functions the names that are functions, as written, {@code all} replaced
 * @param unknown what is no function; an empty string stands for a place between commas where there is nothing
 */
public record FunctionList(Set<String> functions, List<String> unknown) {
    private static final String ALL = "all";

    public FunctionList {
        functions = Collections.unmodifiableSet(new LinkedHashSet<>(functions));
        unknown = List.copyOf(unknown);
    }

    /** Reads a list. */
    public static FunctionList parse(String text) {
        Set<String> functions = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            String name = item.strip();
            if (name.equals(ALL)) {
                FunctionCatalog.functions().stream()
                        .filter(Function::canBeDisabled)
                        .map(Function::name)
                        .forEach(functions::add);
            } else if (FunctionCatalog.find(name).isPresent()) {
                functions.add(name);
            } else {
                unknown.add(name);
            }
        }
        return new FunctionList(functions, unknown);
    }
}
