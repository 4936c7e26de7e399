package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.ConfigLoader;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.control.ControlDatabase;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgclonedb onboard APP}. */
@Command(
        name = "onboard",
        description = "Creates the admin role of an application and prints its connection string, this once.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class OnboardCommand implements Callable<Integer> {
    private final ConfigLoader loader;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "APP",
            description = "the application: databases named APP or APP_… are in its scope, its admin is APP_db_admin")
    private String app = "";

    OnboardCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        ProxyConfig config = ConfigOptions.load(spec, loader);
        Logging.configure(config.logLevel(), config.logFormat());
        Application application = Application.named(app, config.controlDatabase());
        AdminConnections connections = new AdminConnections(config.backend(), config.lockTimeout());
        ControlDatabase.open(connections, config.backend(), config.controlDatabase())
                .close();
        String password = GeneratedPassword.next();
        Onboarding.Result result = new Onboarding(connections).run(application, password);
        print(result, password, Address.reachable(config.listen()));
        return ExitCode.OK;
    }

    private void print(Onboarding.Result result, String password, String address) {
        PrintWriter out = spec.commandLine().getOut();
        String role = result.application().role();
        String encoded = Onboarding.percentEncoded(role);
        for (String warning : result.warnings()) {
            spec.commandLine().getErr().println("note: " + warning);
        }
        if (result.created()) {
            out.println(
                    "role \"" + role + "\" created as a member of pgclonedb_user; its password is shown only here:");
            out.println("postgresql://" + encoded + ":" + password + "@" + address + "/postgres");
        } else {
            out.println("role \"" + role + "\" existed already and keeps its password; "
                    + (result.madeMember()
                            ? "it was made a member of pgclonedb_user:"
                            : "it was a member of pgclonedb_user before:"));
            out.println("postgresql://" + encoded + "@" + address + "/postgres");
        }
    }
}
