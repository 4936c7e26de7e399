package io.pgclonedb.proxy.cli;

/** What the process tells its parent. */
final class ExitCode {
    static final int OK = 0;
    /** It was tried and did not work, or not all of it. */
    static final int FAILURE = 1;
    /** Nothing was tried: the command line or the configuration is wrong. */
    static final int USAGE = 2;

    private ExitCode() {}
}
