package io.pgclonedb.proxy.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call as PostgreSQL names them in "function … does not exist": their types, {@code unknown} for plain
 * literals, with the names of named ones in front.
 */
public record ArgumentTypes(List<Actual> actuals) {
    /**
     * One argument.
     *
     * @param name of a named argument; null for a positional one
     * @param type as PostgreSQL names it
     */
    public record Actual(@Nullable String name, String type) {}

    public ArgumentTypes {
        actuals = List.copyOf(actuals);
    }

    /** The same with the type of one argument replaced. */
    ArgumentTypes with(int index, String type) {
        List<Actual> changed = new ArrayList<>(actuals);
        changed.set(index, new Actual(actuals.get(index).name(), type));
        return new ArgumentTypes(changed);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Actual actual : actuals) {
            text.append(text.length() == 0 ? "" : ", ");
            if (actual.name() != null) {
                text.append(actual.name()).append(" => ");
            }
            text.append(actual.type());
        }
        return text.toString();
    }
}
