package io.pgclonedb.policy;

import java.util.List;

/**
 * What the help text says about a function.
 *
 * @param description one sentence
 * @param example a statement that works when typed as it stands by the admin of application {@code myapp}, whose name stands in
 *     it inside literals only
 * @param notes what else there is to know, a sentence or two each; possibly none
 */
public record Usage(String description, String example, List<String> notes) {
    public Usage {
        notes = List.copyOf(notes);
    }

    Usage(String description, String example) {
        this(description, example, List.of());
    }
}
