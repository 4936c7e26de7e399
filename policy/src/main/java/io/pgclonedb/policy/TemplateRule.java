package io.pgclonedb.policy;

import java.util.Optional;
import java.util.Set;

/** What is cloned is in the caller's scope, or one of PostgreSQL's own templates. */
record TemplateRule(String parameter) implements Rule {
    private static final Set<String> FOR_EVERYBODY = Set.of("template0", "template1");

    @Override
    public Optional<Denial> check(PolicyInput input) {
        String template = input.call().text(parameter);
        return template == null || FOR_EVERYBODY.contains(template) || Scope.reaches(input, template)
                ? Optional.empty()
                : Optional.of(TargetDatabaseRule.denial(input, template));
    }
}
