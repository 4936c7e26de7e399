package io.pgclonedb.it.golden;

import io.pgclonedb.it.wire.Endpoint;

/** What one or more clients do, told as steps of a {@link Conversation}. It leaves the server as it found it. */
public record GoldenScript(String name, Steps steps) {
    @FunctionalInterface
    public interface Steps {
        /** Says everything and hears the answers. */
        void take(Conversation conversation);
    }

    /** Plays the script and returns the trace. */
    String play(Endpoint endpoint, boolean byteByByte) {
        return playIn(new Conversation(endpoint, byteByByte));
    }

    /** The same in a conversation that nobody has said anything in; it is closed then. */
    public String playIn(Conversation fresh) {
        try (Conversation conversation = fresh) {
            try {
                steps.take(conversation);
            } catch (RuntimeException failure) {
                throw new IllegalStateException(name + ", after\n" + conversation.trace(), failure);
            }
            return conversation.trace();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
