package io.pgclonedb.it.golden;

import io.pgclonedb.it.wire.Endpoint;

/** What one or more clients do, told as steps of a {@link Conversation}. It leaves the server as it found it. */
record GoldenScript(String name, Steps steps) {
    @FunctionalInterface
    interface Steps {
        void take(Conversation conversation);
    }

    /** Plays the script and returns the trace. */
    String play(Endpoint endpoint, boolean byteByByte) {
        try (Conversation conversation = new Conversation(endpoint, byteByByte)) {
            steps.take(conversation);
            return conversation.trace();
        } catch (RuntimeException failure) {
            throw new IllegalStateException(name + " at " + endpoint, failure);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
