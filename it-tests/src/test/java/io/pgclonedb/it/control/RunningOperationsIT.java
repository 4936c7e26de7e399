package io.pgclonedb.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.proxy.control.AuditLog;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.Outcome;
import io.pgclonedb.proxy.control.Reservations;
import io.pgclonedb.proxy.control.RunningOperation;
import io.pgclonedb.proxy.control.RunningOperations;
import io.pgclonedb.proxy.control.UnsettledOperation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunningOperationsIT {
    private final ControlServer server = new ControlServer();
    private ControlDatabase control;
    private ControlDatabase otherControl;
    private RunningOperations operations;
    private RunningOperations otherProxy;
    private final List<UnsettledOperation> asked = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    void twoProxies() {
        control = server.open();
        otherControl = server.open();
    }

    @BeforeEach
    void nothingRuns() throws SQLException {
        operations = new RunningOperations(control, new AuditLog(control));
        otherProxy = new RunningOperations(otherControl, new AuditLog(otherControl));
        server.executeIn(server.name(), "DELETE FROM control.audit");
        asked.clear();
    }

    @AfterAll
    void removeWhatIsLeft() throws SQLException {
        control.close();
        otherControl.close();
        server.close();
    }

    private RunningOperation begin() {
        return operations.begin(ControlServer.entry(10, "create_database", "myapp_dev"));
    }

    private Optional<Outcome> succeeded(UnsettledOperation operation) {
        asked.add(operation);
        return Optional.of(Outcome.SUCCEEDED);
    }

    private String outcome(RunningOperation operation) throws SQLException {
        return server.askControl("SELECT outcome FROM control.audit WHERE id = " + operation.id());
    }

    /** What the death of a proxy looks like from the server: the lock's session ends, nobody finishes the row. */
    private void endLockOf(RunningOperation operation) throws Exception {
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
                + " AND objid = " + operation.id());
        Eventually.isTrue(() -> "0"
                .equals(server.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND objsubid = 1 AND objid = " + operation.id())));
    }

    @Test
    void areNotSettledWhileTheirProxyLives() throws Exception {
        try (RunningOperation operation = begin()) {
            assertThat(otherProxy.settle(this::succeeded)).isZero();
            assertThat(operations.settle(this::succeeded)).isZero();
            assertThat(outcome(operation)).isEqualTo("running");
            assertThat(asked).isEmpty();

            assertThat(operation.finish(Outcome.FAILED, "53100", "no space left"))
                    .isTrue();
            assertThat(outcome(operation)).isEqualTo("failed");
        }
    }

    @Test
    void areSettledByAnotherProxyWhenTheirsDied() throws Exception {
        RunningOperation operation = begin();
        operation.note(Map.of("oid", 16400));
        operation.note(Map.of("step", "clone"));
        endLockOf(operation);

        assertThat(otherProxy.settle(this::succeeded)).isEqualTo(1);
        assertThat(otherProxy.settle(this::succeeded)).isZero();

        assertThat(outcome(operation)).isEqualTo("succeeded");
        assertThat(asked).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo(operation.id());
            assertThat(row.callerOid()).isEqualTo(10);
            assertThat(row.operation()).isEqualTo("create_database");
            assertThat(row.target()).isEqualTo("myapp_dev");
            assertThat(row.arguments()).containsEntry("dbname", "myapp_dev");
            assertThat(row.notes()).containsEntry("oid", 16400).containsEntry("step", "clone");
        });
        operation.close();
    }

    @Test
    void areUnknownWhenTheCatalogsDoNotShowTheirEnd() throws Exception {
        RunningOperation operation = begin();
        operation.close();

        // The server lets the lock go when it has noticed the end of the session.
        Eventually.isTrue(() -> otherProxy.settle(row -> Optional.empty()) == 1);

        assertThat(outcome(operation)).isEqualTo("unknown");
        assertThat(server.askControl("SELECT sqlstate FROM control.audit")).isEqualTo("08007");
    }

    @Test
    void waitUntilTheStatementOfTheDeadProxyHasEnded() throws Exception {
        RunningOperation operation = begin();
        int pid;
        try (Connection admin = server.connections().connect()) {
            pid = admin.unwrap(PGConnection.class).getBackendPID();
            operation.runsOn(admin);
            endLockOf(operation);

            assertThat(otherProxy.settle(this::succeeded)).isZero();
            assertThat(outcome(operation)).isEqualTo("running");
        }

        Eventually.isTrue(() -> "0".equals(server.ask("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid)));
        assertThat(otherProxy.settle(this::succeeded)).isEqualTo(1);
        operation.close();
    }

    @Test
    void areAskedAboutAgainWhenTheCatalogsCannotBeRead() throws Exception {
        RunningOperation operation = begin();
        operation.close();

        assertThat(otherProxy.settle(row -> {
                    throw new IllegalStateException("cannot look now");
                }))
                .isZero();
        assertThat(outcome(operation)).isEqualTo("running");

        assertThat(otherProxy.settle(this::succeeded)).isEqualTo(1);
    }

    @Test
    void areSettledOnceWhenSeveralProxiesTry() throws Exception {
        for (int row = 0; row < 10; row++) {
            begin().close();
        }
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Integer>> proxies = new ArrayList<>();
        for (RunningOperations proxy : List.of(operations, otherProxy)) {
            proxies.add(threads.submit(() -> {
                together.await();
                return proxy.settle(this::succeeded);
            }));
        }

        assertThat(proxies.get(0).get() + proxies.get(1).get()).isEqualTo(10);
        threads.shutdown();
        assertThat(asked)
                .extracting(UnsettledOperation::id)
                .doesNotHaveDuplicates()
                .hasSize(10);
    }

    @Test
    void areFinishedByTheirOwnProxyThoughTheLockIsLost() throws Exception {
        try (RunningOperation operation = begin()) {
            endLockOf(operation);

            assertThat(operations.settle(this::succeeded)).isZero();
            assertThat(operation.finish(Outcome.SUCCEEDED, null, "done")).isTrue();

            assertThat(outcome(operation)).isEqualTo("succeeded");
        }
    }

    @Test
    void areNotFinishedTwice() throws Exception {
        try (RunningOperation operation = begin()) {
            endLockOf(operation);
            otherProxy.settle(row -> Optional.empty());

            assertThat(operation.finish(Outcome.SUCCEEDED, null, "done")).isFalse();

            assertThat(outcome(operation)).isEqualTo("unknown");
        }
    }

    @Test
    void reserveSpaceUntilTheyAreFinishedOrGone() throws Exception {
        Reservations reservations = new Reservations(control);
        Reservations others = new Reservations(otherControl);
        RunningOperation first = begin();
        RunningOperation second = begin();
        long seen = reservations.underDiskLock(connection -> {
            reservations.reserve(connection, first.id(), 5_000_000_000L);
            return reservations.reservedByOthers(connection, first.id());
        });
        assertThat(seen).isZero();
        assertThat(reservedByOthers(others, second)).isEqualTo(5_000_000_000L);

        reservations.reserve(first.id(), 2_000);
        assertThat(reservedByOthers(others, second)).isEqualTo(2_000);

        endLockOf(first);
        assertThat(reservedByOthers(others, second)).isZero();

        others.reserve(second.id(), 7);
        assertThat(reservedByOthers(reservations, first)).isEqualTo(7);
        second.finish(Outcome.SUCCEEDED, null, "done");
        assertThat(reservedByOthers(reservations, first)).isZero();
        first.close();
        second.close();
    }

    private static long reservedByOthers(Reservations reservations, RunningOperation operation) {
        return reservations.underDiskLock(connection -> reservations.reservedByOthers(connection, operation.id()));
    }

    @Test
    void cannotBothTakeTheLastSpace() throws Exception {
        int clones = 6;
        long free = 3;
        ExecutorService threads = Executors.newFixedThreadPool(clones);
        CyclicBarrier together = new CyclicBarrier(clones);
        List<RunningOperation> running = new ArrayList<>();
        List<Future<Boolean>> checks = new ArrayList<>();
        for (int clone = 0; clone < clones; clone++) {
            RunningOperation operation = begin();
            running.add(operation);
            Reservations reservations = new Reservations(clone % 2 == 0 ? control : otherControl);
            checks.add(threads.submit(() -> {
                together.await();
                return reservations.underDiskLock(connection -> {
                    boolean fits = reservations.reservedByOthers(connection, operation.id()) + 1 <= free;
                    reservations.reserve(connection, operation.id(), fits ? 1 : 0);
                    return fits;
                });
            }));
        }

        int served = 0;
        for (Future<Boolean> check : checks) {
            served += check.get() ? 1 : 0;
        }
        threads.shutdown();
        running.forEach(RunningOperation::close);
        assertThat(served).isEqualTo(3);
    }
}
