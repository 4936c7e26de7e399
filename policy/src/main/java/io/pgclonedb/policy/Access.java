package io.pgclonedb.policy;

/**
 * Who is served a function, and when.
 *
 * @param enabledByDefault whether a new cluster serves it
 * @param canBeDisabled false for help, show_config and configure
 * @param superuserOnly whether application admins are refused
 */
public record Access(boolean enabledByDefault, boolean canBeDisabled, boolean superuserOnly) {
    /** Served until a superuser disables it. */
    public static final Access ON = new Access(true, true, false);

    /** Refused until a superuser enables it. */
    public static final Access OFF = new Access(false, true, false);

    /** Served whatever the settings say. */
    public static final Access ALWAYS = new Access(true, false, false);

    /** Served whatever the settings say, to superusers. */
    public static final Access SUPERUSER = new Access(true, false, true);
}
