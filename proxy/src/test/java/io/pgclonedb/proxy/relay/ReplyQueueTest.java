package io.pgclonedb.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are written as their type bytes: {@code PBES} is Parse, Bind, Execute, Sync, and {@code 12CZ} answers it. */
class ReplyQueueTest {
    private final ReplyQueue queue = new ReplyQueue();

    private ReplyQueueTest sent(String types) {
        types.chars().forEach(type -> queue.sent((byte) type));
        return this;
    }

    private ReplyQueueTest received(String types) {
        types.chars().forEach(type -> queue.received((byte) type));
        return this;
    }

    private void isDrained() {
        assertThat(queue.drained()).as("drained").isTrue();
        assertThat(queue.inStep()).as("in step").isTrue();
    }

    private void isWaiting() {
        assertThat(queue.drained()).as("drained").isFalse();
        assertThat(queue.inStep()).as("in step").isTrue();
    }

    @Test
    void owesNothingAtFirst() {
        isDrained();
        assertThat(queue.skipping()).isFalse();
        assertThat(queue.copyIn()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Q, CZ",
        "Q, IZ",
        "Q, TDDDCZ",
        "Q, TDCTDCCZ",
        "Q, EZ",
        "Q, TDEZ",
        "Q, HdddcCZ",
        "Q, NSATDCSZ",
        "F, VZ",
        "F, EZ",
        "S, Z",
        "S, EZ",
        "PS, 1Z",
        "PBDES, 12TDDCZ",
        "PBDES, 12nCZ",
        "PBES, 12IZ",
        "PBES, 12DDsZ",
        "PBEEES, 12DDsDDsDCZ",
        "PDS, 1tTZ",
        "PDS, 1tnZ",
        "CCS, 33Z",
        "PBESPBES, 12CZ12CZ",
        "PHBHEHS, 12CZ",
        "QQQ, CZCZCZ",
        "QPBESFQ, CZ12CZVZCZ",
        "SSS, ZZZ",
        "PBES, 12HdddcCZ",
        "H, ''",
        "X, ''"
    })
    void isDrainedByTheLastAnswerAndNotBefore(String sent, String answers) {
        sent(sent);
        for (int i = 0; i < answers.length(); i++) {
            isWaiting();
            received(answers.substring(i, i + 1));
        }
        isDrained();
        assertThat(queue.skipping()).isFalse();
        assertThat(queue.copyIn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "B", "D", "E", "C"})
    void skipsToTheNextSyncAfterAnErrorOfAnExtendedQuery(String failing) {
        sent(failing).received("E");
        assertThat(queue.skipping()).isTrue();
        isDrained();

        sent("PBDECQFHdcf");
        isDrained();
        assertThat(queue.skipping()).isTrue();

        sent("S");
        assertThat(queue.skipping()).isFalse();
        isWaiting();
        received("Z").isDrained();
    }

    @Test
    void forgetsWhatIsSkippedUpToASyncThatIsUnderWay() {
        sent("PBDEPQFS").received("1E");
        assertThat(queue.skipping()).isFalse();
        isWaiting();
        received("Z").isDrained();
    }

    @Test
    void answersThePipelineBehindAFailedOne() {
        sent("PBESPBESQ").received("12EZ");
        isWaiting();
        received("12CZ").isWaiting();
        received("CZ").isDrained();
    }

    @Test
    void skipsOnlyToTheFirstOfSeveralSyncs() {
        sent("PSSPS").received("EZ").isWaiting();
        received("Z").isWaiting();
        received("1Z").isDrained();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q", "F", "S"})
    void skipsNothingAfterAnErrorThatReadyForQueryFollows(String failing) {
        sent(failing).received("E");
        assertThat(queue.skipping()).isFalse();
        isWaiting();
        received("Z").isDrained();
    }

    @Test
    void waitsForTheRowDescriptionBehindAParameterDescription() {
        sent("PD").received("1t").isWaiting();
        received("T").isDrained();
    }

    @Test
    void takesNoRowDescriptionOfAnExecutedPortalForAnAnswer() {
        sent("E").received("T").isWaiting();
        received("DC").isDrained();
    }

    @Test
    void takesNothingOfASimpleQueryForTheAnswerToLaterMessages() {
        sent("QPBDES").received("TDCTDCI").isWaiting();
        received("Z1").isWaiting();
        received("2TDC").isWaiting();
        received("Z").isDrained();
    }

    @Test
    void growsBeyondAnyPipelineAndKeepsTheOrder() {
        // given a ring that does not begin at its first place
        sent("PBEPBEPBE").received("12C12C");
        // when
        sent("PBES".repeat(1000));
        // then
        received("12C");
        for (int i = 0; i < 1000; i++) {
            received("12C").isWaiting();
            received("Z");
        }
        isDrained();
    }

    @Test
    void isOutOfStepAfterAnAnswerThatNothingExplains() {
        sent("P").received("2");
        assertThat(queue.inStep()).isFalse();
    }

    @Test
    void isOutOfStepAfterAReadyForQueryThatNothingExplains() {
        received("Z");
        assertThat(queue.inStep()).isFalse();
    }

    @Test
    void staysOutOfStep() {
        received("Z");
        sent("Q").received("CZ");
        assertThat(queue.inStep()).isFalse();
    }

    @Test
    void takesMessagesAtAnyTimeForNoAnswer() {
        sent("P").received("NAS").isWaiting();
        received("1").isDrained();
    }

    @Test
    void readsCopyDataAfterItWasAnnounced() {
        sent("Q");
        assertThat(queue.copyIn()).isFalse();
        received("G");
        assertThat(queue.copyIn()).isTrue();
        sent("dddHS");
        assertThat(queue.copyIn()).isTrue();
        sent("c");
        assertThat(queue.copyIn()).isFalse();
        isWaiting();
        received("CZ").isDrained();
    }

    @Test
    void endsCopyWithCopyFail() {
        sent("Q").received("G").sent("df");
        assertThat(queue.copyIn()).isFalse();
        received("EZ").isDrained();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dddc", "c", "dHSSdc", "f", "SHf"})
    void knowsThatCopyReadsWhatWasSentAheadOfTheAnnouncement(String ahead) {
        sent("Q" + ahead + "PBES").received("G");
        assertThat(queue.copyIn()).isFalse();
        received("CZ").isWaiting();
        received("12CZ").isDrained();
    }

    @Test
    void readsOnWhenWhatWasSentAheadDidNotEndTheCopy() {
        sent("QdHSd").received("G");
        assertThat(queue.copyIn()).isTrue();
        sent("c").received("CZ").isDrained();
    }

    @Test
    void swallowsTheSyncThatALibrarySendsWithAnExtendedCopy() {
        // given libpq's order: the Sync goes out before it knows of the COPY, another one after its end
        sent("PBDES").received("12nG");
        assertThat(queue.copyIn()).isTrue();
        sent("ddcS").isWaiting();
        received("C").isWaiting();
        received("Z").isDrained();
    }

    @Test
    void swallowsFlushAndSyncInsideAnExtendedCopy() {
        sent("PBE").received("12G").sent("dSHdSc");
        isWaiting();
        received("C").isDrained();
        sent("S").received("Z").isDrained();
    }

    @Test
    void skipsToSyncWhenAnExtendedCopyFails() {
        sent("PBE").received("12G").sent("d").received("E");
        assertThat(queue.copyIn()).isFalse();
        assertThat(queue.skipping()).isTrue();
        sent("ddc");
        assertThat(queue.skipping()).isTrue();
        sent("S").isWaiting();
        received("Z").isDrained();
    }

    @Test
    void keepsTheSyncBehindAnExtendedCopyThatFailed() {
        sent("PBE").received("12G").sent("dfSPBES").received("E").isWaiting();
        received("Z").isWaiting();
        received("12CZ").isDrained();
    }

    @Test
    void endsASimpleCopyWithTheServersError() {
        sent("Q").received("G").sent("d").received("E");
        assertThat(queue.copyIn()).isFalse();
        assertThat(queue.skipping()).isFalse();
        isWaiting();
        received("Z").isDrained();
    }

    @Test
    void takesTheLateEndOfAFailedCopyForNoAnswer() {
        sent("Q")
                .received("G")
                .sent("d")
                .received("E")
                .sent("ddc")
                .received("Z")
                .isDrained();
        sent("Q").isWaiting();
        received("CZ").isDrained();
    }

    @Test
    void servesTheNextCopyAfterTheLateEndOfAFailedOne() {
        // given a copy that failed before the client had sent its end
        sent("Q").received("G").sent("d").received("E").sent("ddc").received("Z");
        // when
        sent("Q").received("G");
        // then
        assertThat(queue.copyIn()).isTrue();
        isWaiting();
        sent("ddc").isWaiting();
        received("CZ").isDrained();
    }

    @Test
    void readsSeveralCopiesOfOneQuery() {
        sent("Q").received("G").sent("dc").received("CG");
        assertThat(queue.copyIn()).isTrue();
        sent("dc").received("CZ").isDrained();
    }

    @Test
    void readsSeveralCopiesOfOneQueryWhoseDataWasSentAhead() {
        sent("Qdcdc").received("G");
        assertThat(queue.copyIn()).isFalse();
        received("CG");
        assertThat(queue.copyIn()).isFalse();
        received("C").isWaiting();
        received("Z").isDrained();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q", "P", "B", "E", "D", "C", "F"})
    void expectsNoCopyDataAfterAnythingElse(String other) {
        sent("Q").received("G").sent(other);
        assertThat(queue.copyIn()).isFalse();
        isWaiting();
    }

    @Test
    void servesWhatCameBehindACopyThatHadFailedBefore() {
        sent("Q").received("G").sent("Q").received("EZ").isWaiting();
        received("CZ").isDrained();
    }

    @Test
    void servesWhatWasSentAheadOfACopyThatFailsAtItsFirstTrigger() {
        sent("QSQ").received("G");
        assertThat(queue.copyIn()).isFalse();
        received("EZ").isWaiting();
        received("Z").isWaiting();
        received("CZ").isDrained();
    }

    @Test
    void ignoresTheEndOfACopyThatNeverWas() {
        sent("dcf").isDrained();
        sent("PcBfES").received("12CZ").isDrained();
    }

    @Test
    void streamsBothWays() {
        sent("Q").received("W");
        assertThat(queue.copyIn()).isTrue();
        received("ddd");
        sent("dddc").received("cCCZ").isDrained();
    }

    @Test
    void copyOutIsNothingToTheClientsSide() {
        sent("Q").received("Hdd");
        assertThat(queue.copyIn()).isFalse();
        received("cCZ").isDrained();
    }
}
