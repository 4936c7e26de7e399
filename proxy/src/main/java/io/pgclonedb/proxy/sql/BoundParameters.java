package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.ArgumentType;
import org.jspecify.annotations.Nullable;

/** Gives the values a client has bound to the parameters of a statement. */
@FunctionalInterface
public interface BoundParameters {
    /**
     * One value.
     *
     * @param number of the parameter, from 1
     * @param type the value is wanted in
     * @return as {@link io.pgclonedb.policy.Arguments} wants it; null for NULL
     */
    @Nullable
    Object value(int number, ArgumentType type);
}
