package io.pgclonedb.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the queue with a model of the server, for random clients and random delays on the way. */
class ReplyQueueModelTest {
    private static final int RUNS = 4000;
    private static final int MESSAGES = 60;
    private static final String CLIENT = "PPBBDDEEECSSSHQQFdddcf";

    /** The end of a copy that failed by itself cannot be told from the outside when a Sync is on its way. */
    private static final String NEVER_A_SYNC = "PPBBDDEEECHQQFdddcf";

    @ParameterizedTest
    @ValueSource(longs = {1, 20261123, 0x5eed})
    void knowsWhatTheServerOwes(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            oneSession(random, run % 2 == 0);
        }
    }

    private static void oneSession(Random random, boolean copiesFailByThemselves) {
        ReplyQueue queue = new ReplyQueue();
        ServerModel server = new ServerModel(random, copiesFailByThemselves);
        StringBuilder history = new StringBuilder();
        int messages = 0;
        while (messages < MESSAGES && !server.lost()) {
            int choice = random.nextInt(10);
            if (choice < 4) {
                boolean copying = queue.copyIn() || server.announcesCopy();
                String types = copying && copiesFailByThemselves ? NEVER_A_SYNC : CLIENT;
                char type = types.charAt(random.nextInt(types.length()));
                history.append(" >").append(type);
                queue.sent((byte) type);
                server.send(type);
                messages++;
            } else if (choice < 7) {
                server.read();
            } else {
                deliver(queue, server, history);
            }
            check(queue, server, history);
        }
        while (!server.lost() && server.read()) {
            check(queue, server, history);
        }
        while (deliver(queue, server, history)) {
            check(queue, server, history);
        }
        if (!server.lost()) {
            assertThat(queue.drained()).as("drained after%s", history).isEqualTo(server.idle());
            assertThat(queue.skipping()).as("skipping after%s", history).isEqualTo(server.ignoringTillSync());
            assertThat(queue.copyIn()).as("copy after%s", history).isEqualTo(server.copying());
        }
    }

    private static boolean deliver(ReplyQueue queue, ServerModel server, StringBuilder history) {
        char reply = server.nextReply();
        if (reply == 0) {
            return false;
        }
        history.append(" <").append(reply);
        queue.received((byte) reply);
        return true;
    }

    private static void check(ReplyQueue queue, ServerModel server, StringBuilder history) {
        if (server.lost()) {
            return;
        }
        assertThat(queue.inStep()).as("in step after%s", history).isTrue();
        if (queue.drained()) {
            assertThat(server.owesNothing()).as("nothing owed after%s", history).isTrue();
        }
    }
}
