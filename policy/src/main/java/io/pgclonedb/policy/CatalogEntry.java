package io.pgclonedb.policy;

import java.util.List;

/**
 * A function and what is asked before it runs.
 *
 * @param argumentRules judge the arguments by themselves, in this order
 * @param targetRules judge what the arguments name (scope, protection, privileges), in this order, after all argument rules
 */
record CatalogEntry(Function function, List<Rule> argumentRules, List<Rule> targetRules) {
    CatalogEntry {
        argumentRules = List.copyOf(argumentRules);
        targetRules = List.copyOf(targetRules);
    }
}
