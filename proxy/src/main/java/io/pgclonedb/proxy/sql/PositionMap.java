package io.pgclonedb.proxy.sql;

import java.util.List;

/** Where the parts of a rewritten statement come from: error positions go back through it. Immutable. */
public final class PositionMap {
    /**
     * A run of characters of the rewritten text.
     *
     * @param start in the rewritten text, characters from 0
     * @param origin in the client's text, characters from 0
     * @param copied true when the run stands in the client's text as well, false when it was written for a call
     * @param call index of the call it belongs to; -1 for none
     * @param argument index of the argument, in the order of the call's text, whose type check begins here; -1 for none
     */
    record Run(int start, int origin, boolean copied, int call, int argument) {}

    private final List<Run> runs;

    PositionMap(List<Run> runs) {
        this.runs = List.copyOf(runs);
    }

    /**
     * Field {@code P} of an error about the rewritten text, for the client's text.
     *
     * @param position characters from 1; 0 for none
     * @return characters from 1; 0 for none
     */
    public int original(int position) {
        if (position <= 0 || runs.isEmpty()) {
            return 0;
        }
        Run run = run(position);
        return run.copied() ? run.origin() + (position - 1 - run.start()) + 1 : run.origin() + 1;
    }

    /** The map when the text from a character on, counted from 0, moves. */
    PositionMap shifted(int from, int by) {
        return new PositionMap(runs.stream()
                .map(run -> run.start() < from
                        ? run
                        : new Run(run.start() + by, run.origin(), run.copied(), run.call(), run.argument()))
                .toList());
    }

    /** The run a position (from 1) falls into. */
    Run run(int position) {
        int low = 0;
        int high = runs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runs.get(middle).start() <= position - 1) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return runs.get(low);
    }
}
