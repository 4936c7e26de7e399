package io.pgclonedb.proxy.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * What a server does with messages, told by their type bytes: one message after the other, as the main loop of PostgreSQL
 * does it, and the reading of COPY's data (PostgreSQL documentation, "Message Flow"). What a statement does is left to
 * chance.
 */
final class ServerModel {
    private static final String EXTENDED = "PBDECH";

    private final Random random;
    private final boolean copiesFailByThemselves;
    private final Deque<Character> input = new ArrayDeque<>();
    private final Deque<Character> output = new ArrayDeque<>();
    private boolean ignoringTillSync;
    private boolean copying;
    private boolean copyIsExtended;
    private boolean syncRead;
    private int statementsLeft;
    private boolean lost;

    ServerModel(Random random, boolean copiesFailByThemselves) {
        this.random = random;
        this.copiesFailByThemselves = copiesFailByThemselves;
    }

    void send(char type) {
        input.add(type);
    }

    /** 0 for none. */
    char nextReply() {
        return output.isEmpty() ? 0 : output.poll();
    }

    boolean ignoringTillSync() {
        return ignoringTillSync;
    }

    boolean copying() {
        return copying;
    }

    /** Whether a CopyInResponse is on its way. */
    boolean announcesCopy() {
        return output.contains('G');
    }

    /** Whether the connection has ended: a frame was left half read. */
    boolean lost() {
        return lost;
    }

    boolean idle() {
        return !copying;
    }

    /** Whether no answer is on its way and nothing that was sent will be answered. */
    boolean owesNothing() {
        if (copying || !output.isEmpty()) {
            return false;
        }
        boolean ignoring = ignoringTillSync;
        for (char type : input) {
            if (type == 'S' || (!ignoring && "PBDECQF".indexOf(type) >= 0)) {
                return false;
            }
        }
        return true;
    }

    /** Reads one message; false when there is none. */
    boolean read() {
        if (lost) {
            return false;
        }
        if (copying && copyFails()) {
            failCopy();
            return true;
        }
        Character type = input.poll();
        if (type == null) {
            return false;
        }
        if (copying) {
            readInCopy(type);
        } else if (type == 'S') {
            ignoringTillSync = false;
            maybe('E', 10);
            output.add('Z');
        } else if (!ignoringTillSync) {
            readInMainLoop(type);
        }
        return true;
    }

    private void readInMainLoop(char type) {
        if ("PBDEC".indexOf(type) >= 0 && chance(12)) {
            output.add('E');
            ignoringTillSync = EXTENDED.indexOf(type) >= 0;
            return;
        }
        switch (type) {
            case 'P' -> output.add('1');
            case 'B' -> output.add('2');
            case 'C' -> output.add('3');
            case 'D' -> {
                maybe('t', 2);
                output.add(chance(2) ? 'T' : 'n');
            }
            case 'E' -> execute();
            case 'F' -> {
                output.add(chance(4) ? 'E' : 'V');
                output.add('Z');
            }
            case 'Q' -> {
                statementsLeft = random.nextInt(3);
                nextStatement();
            }
            default -> {} // Flush, and what is left of a copy that failed
        }
    }

    private void execute() {
        if (chance(5)) {
            beginCopy(true);
            return;
        }
        maybe('D', 2);
        output.add("CIs".charAt(random.nextInt(3)));
    }

    private void nextStatement() {
        while (statementsLeft-- > 0) {
            if (chance(6)) {
                output.add('E');
                output.add('Z');
                return;
            }
            if (chance(3)) {
                beginCopy(false);
                return;
            }
            maybe('T', 2);
            output.add(chance(8) ? 'I' : 'C');
        }
        output.add('Z');
    }

    private void beginCopy(boolean extended) {
        output.add('G');
        copying = true;
        copyIsExtended = extended;
        syncRead = false;
    }

    private void readInCopy(char type) {
        switch (type) {
            case 'd', 'H' -> {}
            case 'S' -> syncRead = true;
            case 'c' -> {
                copying = false;
                output.add('C');
                if (!copyIsExtended) {
                    nextStatement();
                }
            }
            case 'f' -> failCopy();
            default -> lost = true;
        }
    }

    private boolean copyFails() {
        return copiesFailByThemselves && !syncRead && !syncIsCopys() && chance(8);
    }

    /** Whether a Sync is on its way that the copy would read: from outside nobody can tell whether it did. */
    private boolean syncIsCopys() {
        for (char type : input) {
            if (type == 'S') {
                return true;
            }
            if (type != 'd' && type != 'H') {
                return false;
            }
        }
        return false;
    }

    private void failCopy() {
        copying = false;
        output.add('E');
        if (copyIsExtended) {
            ignoringTillSync = true;
        } else {
            output.add('Z');
        }
    }

    private void maybe(char reply, int oneIn) {
        if (chance(oneIn)) {
            output.add(reply);
        }
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
