package io.pgclonedb.proxy.sql;

import java.util.List;
import java.util.function.Supplier;

/**
 * What the meaning of a text depends on beside the text.
 *
 * @param standardConformingStrings the session's setting, as last reported
 * @param encoding the session's {@code client_encoding}, as last reported
 * @param extendedProtocol true for Parse, false for Query, where parameters cannot be
 * @param declaredParameterTypes the type OIDs of Parse, possibly fewer than there are parameters; 0 for undeclared
 * @param nonce makes the mark of a statement's carriers: letters and digits, not to be guessed
 */
public record PlanOptions(
        boolean standardConformingStrings,
        ClientEncoding encoding,
        boolean extendedProtocol,
        List<Integer> declaredParameterTypes,
        Supplier<String> nonce) {
    public PlanOptions {
        declaredParameterTypes = List.copyOf(declaredParameterTypes);
    }

    /** The OID declared for a parameter, 0 when undeclared. */
    int declaredType(int number) {
        return number <= declaredParameterTypes.size() ? declaredParameterTypes.get(number - 1) : 0;
    }
}
