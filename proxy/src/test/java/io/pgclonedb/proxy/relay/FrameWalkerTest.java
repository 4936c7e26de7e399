package io.pgclonedb.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.proxy.relay.FrameVisitor.Outcome;
import io.pgclonedb.proxy.relay.FrameVisitor.Overflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWalkerTest {
    /** Counts what it has given out. */
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    private final RecordingVisitor visitor = new RecordingVisitor();
    private final FrameWalker walker = new FrameWalker(visitor, allocator);
    private final List<ByteBuf> reads = new ArrayList<>();

    private static final byte[] STREAM = Frame.join(
            Frame.of('a', "opaque"),
            Frame.of('P', "looked into"),
            Frame.of('b', ""),
            Frame.of('1', "taken"),
            Frame.of('Q', ""),
            Frame.of('2', ""),
            Frame.of('c', "last"));

    private static final List<String> SEEN = List.of(
            "passing a", "passes Plooked into", "passing b", "taken 1taken", "passes Q", "taken 2", "passing c");

    @BeforeAll
    static void detectLeaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterEach
    void releasesEverything() {
        walker.release();
        assertThat(reads).allSatisfy(read -> assertThat(read.refCnt()).isZero());
        assertThat(visitor.unreleased()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(walker.waiting()).isZero();
    }

    private void read(byte[] bytes, int from, int to) {
        ByteBuf in = Unpooled.buffer().writeBytes(bytes, from, to - from);
        reads.add(in);
        walker.read(in);
    }

    private void read(byte[]... parts) {
        byte[] all = Frame.join(parts);
        read(all, 0, all.length);
    }

    private void readSplit(byte[] bytes, int... positions) {
        int from = 0;
        for (int to : positions) {
            read(bytes, from, to);
            from = to;
        }
        read(bytes, from, bytes.length);
    }

    private void assertSeen() {
        assertThat(visitor.written()).isEqualTo(STREAM);
        assertThat(visitor.frames).isEqualTo(SEEN);
        assertThat(walker.frames()).isEqualTo(SEEN.size());
        assertThat(walker.insideFrame()).isFalse();
        assertThat(walker.waiting()).isZero();
    }

    @Test
    void passesWholeFramesOnInOneBuffer() {
        byte[] two = Frame.join(Frame.of('a', "x"), Frame.of('B', "y"));
        FrameWalker counting = new FrameWalker(
                new ForwardingVisitor(visitor) {
                    @Override
                    public void write(ByteBuf bytes) {
                        assertThat(bytes).isSameAs(reads.get(0));
                        super.write(bytes);
                    }
                },
                allocator);
        ByteBuf in = Unpooled.copiedBuffer(two);
        reads.add(in);
        counting.read(in);
        assertThat(visitor.written()).isEqualTo(two);
    }

    @Test
    void seesEveryFrameOfOneRead() {
        read(STREAM);
        assertSeen();
    }

    @Test
    void seesTheSameWhereverTheStreamIsSplitInTwo() {
        for (int split = 0; split <= STREAM.length; split++) {
            FrameWalkerTest fresh = new FrameWalkerTest();
            fresh.readSplit(STREAM, split);
            fresh.assertSeen();
            fresh.releasesEverything();
        }
    }

    @Test
    void seesTheSameWhereverTheStreamIsSplitInThree() {
        for (int first = 0; first <= STREAM.length; first++) {
            for (int second = first; second <= STREAM.length; second++) {
                FrameWalkerTest fresh = new FrameWalkerTest();
                fresh.readSplit(STREAM, first, second);
                fresh.assertSeen();
                fresh.releasesEverything();
            }
        }
    }

    @Test
    void seesTheSameByteByByte() {
        for (int at = 0; at < STREAM.length; at++) {
            read(STREAM, at, at + 1);
        }
        assertSeen();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void seesTheSameWhateverIsHeldAndPaused(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 2000; run++) {
            FrameWalkerTest fresh = new FrameWalkerTest();
            fresh.readWithInterruptions(random);
            fresh.assertSeen();
            fresh.releasesEverything();
        }
    }

    private void readWithInterruptions(Random random) {
        visitor.taking = () -> {
            int choice = random.nextInt(4);
            if (choice == 0) {
                return Outcome.HOLD;
            }
            if (choice == 1) {
                walker.pause();
            }
            if (choice == 2) {
                walker.pause();
                walker.resume();
            }
            return Outcome.TAKEN;
        };
        int at = 0;
        while (at < STREAM.length) {
            int to = Math.min(STREAM.length, at + random.nextInt(20));
            read(STREAM, at, to);
            at = to;
            if (random.nextInt(3) == 0) {
                walker.resume();
            }
            if (random.nextInt(8) == 0) {
                walker.pause();
            }
        }
        for (int i = 0; i < 1000 && (walker.waiting() > 0 || walker.frames() < SEEN.size()); i++) {
            walker.resume();
        }
    }

    @Test
    void keepsAHeldFrameAndAllBehindItInOrder() {
        // given
        visitor.taking = () -> Outcome.HOLD;
        read(Frame.of('a', "before"), Frame.of('1', "held"), Frame.of('b', "behind"));
        read(Frame.of('c', "later"));
        assertThat(visitor.written()).isEqualTo(Frame.of('a', "before"));
        assertThat(walker.waiting()).isEqualTo(9 + 11 + 10);
        // when
        visitor.taking = () -> Outcome.TAKEN;
        walker.resume();
        // then
        assertThat(visitor.frames).containsExactly("passing a", "taken 1held", "passing b", "passing c");
        assertThat(walker.waiting()).isZero();
    }

    @Test
    void keepsAHeldFrameThatWasCollectedBeforeWhatFollowedInTheSameRead() {
        // given
        visitor.taking = () -> Outcome.HOLD;
        byte[] held = Frame.of('1', "held");
        read(held, 0, 7);
        read(Frame.join(Arrays.copyOfRange(held, 7, held.length), Frame.of('b', "behind"), Frame.of('2', "too")));
        assertThat(visitor.written()).isEmpty();
        // when
        visitor.taking = () -> Outcome.TAKEN;
        walker.resume();
        // then
        assertThat(visitor.frames).containsExactly("taken 1held", "passing b", "taken 2too");
    }

    @Test
    void asksAgainAboutAHeldFrame() {
        visitor.taking = () -> Outcome.HOLD;
        read(Frame.of('1', "x"));
        walker.resume();
        walker.resume();
        assertThat(visitor.frames).isEmpty();
        assertThat(walker.frames()).isZero();
        visitor.taking = () -> Outcome.TAKEN;
        walker.resume();
        assertThat(visitor.frames).containsExactly("taken 1x");
        assertThat(walker.frames()).isEqualTo(1);
    }

    @Test
    void stopsBehindTheFrameInWhichItIsPaused() {
        visitor.taking = () -> {
            walker.pause();
            return Outcome.TAKEN;
        };
        read(Frame.of('1', "x"), Frame.of('a', "y"));
        assertThat(visitor.frames).containsExactly("taken 1x");
        walker.resume();
        assertThat(visitor.frames).containsExactly("taken 1x", "passing a");
    }

    @Test
    void endsAFrameThatHasBegunToPassEvenWhenPaused() {
        byte[] frame = Frame.of('a', "0123456789");
        read(frame, 0, 8);
        assertThat(walker.insideFrame()).isTrue();
        walker.pause();
        read(Frame.join(Arrays.copyOfRange(frame, 8, frame.length), Frame.of('b', "")));
        assertThat(walker.insideFrame()).isFalse();
        assertThat(visitor.written()).isEqualTo(frame);
        walker.resume();
        assertThat(visitor.written()).isEqualTo(Frame.join(frame, Frame.of('b', "")));
        assertThat(walker.insideFrame()).isFalse();
    }

    @Test
    void readsWhatArrivesWhileAFrameIsTakenAfterIt() {
        boolean[] once = {true};
        visitor.taking = () -> {
            if (once[0]) {
                once[0] = false;
                read(Frame.of('c', "arrived meanwhile"));
            }
            return Outcome.TAKEN;
        };
        read(Frame.of('1', ""), Frame.of('a', ""));
        assertThat(visitor.frames).containsExactly("taken 1", "passing a", "passing c");
    }

    @Test
    void collectsNoMoreThanHasCome() {
        read(Frame.header('P', Integer.MAX_VALUE));
        assertThat(allocator.metric().usedHeapMemory()).isLessThanOrEqualTo(1024);
        read("some bytes".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(allocator.metric().usedHeapMemory()).isLessThanOrEqualTo(1024);
    }

    @Test
    void passesAnOpaqueFrameOfTheGreatestLengthWithoutCollecting() {
        read(Frame.header('a', Integer.MAX_VALUE));
        read(new byte[100_000]);
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(visitor.written()).hasSize(100_005);
        assertThat(walker.insideFrame()).isTrue();
        assertThat(visitor.frames).containsExactly("passing a");
    }

    @ParameterizedTest
    @CsvSource({"a,3", "a,0", "a,-1", "a,-2147483648", "P,3", "P,0", "P,-1", "P,-2147483648", "1,3", "1,-5"})
    void letsTheVisitorRefuseALength(char type, int length) {
        byte[] header = Frame.header(type, length);
        assertThatThrownBy(() -> read(header)).isInstanceOf(ProtocolException.class);
        assertThat(visitor.written()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a,3", "a,-1", "P,3", "P,-1"})
    void letsTheVisitorRefuseALengthThatCameInPieces(char type, int length) {
        byte[] header = Frame.header(type, length);
        read(header, 0, 3);
        assertThatThrownBy(() -> read(header, 3, 5)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void writesWhatStandsBeforeARefusedFrame() {
        byte[] begun = Frame.of('a', "0123456789");
        read(begun, 0, 8);
        assertThatThrownBy(() -> read(Frame.join(
                        Arrays.copyOfRange(begun, 8, begun.length), Frame.of('b', "whole"), Frame.header('c', 0))))
                .isInstanceOf(ProtocolException.class);
        assertThat(visitor.written()).isEqualTo(Frame.join(begun, Frame.of('b', "whole")));
        assertThat(walker.insideFrame()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"looksInto", "passes", "take"})
    void releasesAWholeFrameThatIsRefused(String refuses) {
        visitor.refuses = refuses;
        assertThatThrownBy(() -> read(Frame.of('1', "x"))).hasMessage("refused in " + refuses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"looksInto", "passes", "take"})
    void releasesACollectedFrameThatIsRefused(String refuses) {
        visitor.refuses = refuses;
        byte[] frame = Frame.of('1', "x");
        read(frame, 0, 4);
        assertThatThrownBy(() -> read(frame, 4, frame.length)).hasMessage("refused in " + refuses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"passes", "take"})
    void releasesAFrameThatIsRefusedAfterItWasHeld(String refuses) {
        visitor.taking = () -> Outcome.HOLD;
        byte[] frame = Frame.of('1', "x");
        read(frame, 0, 4);
        read(Frame.join(Arrays.copyOfRange(frame, 4, frame.length), Frame.of('b', "")));
        visitor.refuses = refuses;
        assertThatThrownBy(walker::resume).hasMessage("refused in " + refuses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overflow", "observe"})
    void releasesALongFrameThatIsRefused(String refuses) {
        visitor.overflow = Overflow.OBSERVE;
        visitor.refuses = refuses;
        byte[] frame = Frame.of('P', "x".repeat(100));
        read(frame, 0, 20);
        assertThatThrownBy(() -> read(frame, 20, 80)).hasMessage("refused in " + refuses);
        assertThat(visitor.written()).isEmpty();
    }

    @Test
    void forwardsNothingOfAnObservedChunkThatIsRefused() {
        visitor.overflow = Overflow.OBSERVE;
        byte[] frame = Frame.of('P', "x".repeat(200));
        read(frame, 0, 100);
        visitor.refuses = "observe";
        assertThatThrownBy(() -> read(frame, 100, frame.length)).hasMessage("refused in observe");
        assertThat(visitor.written()).isEqualTo(Arrays.copyOf(frame, 100));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 65, 100, 300})
    void passesALongFrameUnseen(int chunk) {
        byte[] frame = Frame.of('P', "x".repeat(290));
        readInChunks(Frame.join(frame, Frame.of('Q', "next")), chunk);
        assertThat(visitor.written()).isEqualTo(Frame.join(frame, Frame.of('Q', "next")));
        assertThat(visitor.frames).endsWith("passes Qnext");
        if (chunk < 300) {
            assertThat(visitor.frames).containsExactly("overflow P 64", "passes Qnext");
        }
        assertThat(visitor.observed()).isEmpty();
        assertThat(walker.frames()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 65, 100})
    void showsEveryByteOfALongFrameUnderObservation(int chunk) {
        visitor.overflow = Overflow.OBSERVE;
        byte[] frame = Frame.of('P', "0123456789".repeat(29));
        readInChunks(Frame.join(frame, Frame.of('a', "not this")), chunk);
        assertThat(visitor.written()).isEqualTo(Frame.join(frame, Frame.of('a', "not this")));
        assertThat(visitor.observed()).isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 65, 100})
    void goesOnCollectingWhenAsked(int chunk) {
        visitor.overflow = Overflow.COLLECT;
        byte[] frame = Frame.of('1', "x".repeat(200));
        readInChunks(frame, chunk);
        assertThat(visitor.frames).containsExactly("overflow 1 64", "taken 1" + "x".repeat(200));
    }

    @Test
    void asksAgainWhenNothingMoreMayBeCollected() {
        visitor.overflow = Overflow.COLLECT;
        assertThatThrownBy(() -> readInChunks(Frame.of('1', "x".repeat(300)), 50))
                .hasMessage("too long");
    }

    private void readInChunks(byte[] bytes, int chunk) {
        for (int at = 0; at < bytes.length; at += chunk) {
            read(bytes, at, Math.min(bytes.length, at + chunk));
        }
    }

    @Test
    void handsWhatWaitsOverInOrder() {
        // given
        read(Frame.of('a', "mine"));
        walker.pause();
        read(Frame.of('b', "yours"));
        read(Frame.of('c', "too"));
        // when
        RecordingVisitor other = new RecordingVisitor();
        FrameWalker next = new FrameWalker(other, ByteBufAllocator.DEFAULT);
        walker.handOver(next::read);
        // then
        assertThat(visitor.frames).containsExactly("passing a");
        assertThat(other.frames).containsExactly("passing b", "passing c");
        assertThat(other.written()).isEqualTo(Frame.join(Frame.of('b', "yours"), Frame.of('c', "too")));
        assertThat(walker.waiting()).isZero();
        next.release();
    }

    @Test
    void handsNoHalfFrameOver() {
        read(Frame.of('P', "abc"), 0, 3);
        walker.pause();
        assertThatThrownBy(() -> walker.handOver(ByteBuf::release)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void releasesWhatIsHeldAndCollected() {
        visitor.taking = () -> Outcome.HOLD;
        read(Frame.of('1', "held"), Frame.of('a', "behind"));
        read(Frame.of('b', "later"));
        walker.release();
        assertThat(walker.waiting()).isZero();
    }
}
