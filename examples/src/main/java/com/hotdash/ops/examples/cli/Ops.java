package com.hotdash.ops.examples.cli;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.runbook.Environment;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The runbook on the command line. {@code --help} tells all. */
public final class Ops {
  private Ops() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.exit(
        run(stream(FileDescriptor.out), stream(FileDescriptor.err), Environment.system(), args));
  }

  /** JSON is UTF-8 whatever the locale says, and so is everything else. */
  private static PrintStream stream(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }

  static int run(PrintStream out, PrintStream err, Environment environment, String... args) {
    var console = new Console(out, err, environment);
    var main = new CommandLine(new OpsCommand());
    main.addSubcommand(new TriageCommand(console, environment));
    main.addSubcommand(new DiagnoseCommand(console, environment));
    main.addSubcommand(new LinesCommand(console, environment));
    main.addSubcommand(new LineCommand(console, environment));
    main.addSubcommand(new CheckCommand(console, environment));
    main.addSubcommand(new BeforeDeployCommand(console, environment));
    main.addSubcommand(new AuditCommand(console, environment));
    main.addSubcommand(new HealthCommand(console, environment));
    main.addSubcommand(new MetricsCommand(console, environment));
    main.addSubcommand(new StatusPagesCommand(console, environment));
    main.addSubcommand(new FlyCommand(console, environment));
    main.addSubcommand(new RunCommand(console, environment));
    main.addSubcommand(new PendingCommand(console, environment));
    main.addSubcommand(new HistoryCommand(console, environment));
    main.addSubcommand(new ResumeCommand(console, environment));
    main.addSubcommand(new GiveUpCommand(console, environment));
    main.addSubcommand(new VerifyCommand(console, environment));
    main.addSubcommand(new UndoCommand(console, environment));
    main.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    main.setUsageHelpAutoWidth(false);
    main.setUsageHelpWidth(100);
    SettingsHelp.addTo(main);
    main.setParameterExceptionHandler((e, given) -> misused(console, e));
    main.setExecutionExceptionHandler(
        (e, command, whole) -> failed(console, e, command.getParseResult()));
    try {
      return main.execute(args);
    } catch (Error e) { // The JVM would end with 1, and a script read that as PROBLEM.
      return broken(console, e);
    }
  }

  private static int misused(Console console, ParameterException e) {
    console.note(
        e.getMessage()
            + "\nTry: "
            + Invocation.program()
            + " "
            + (e.getCommandLine().getParent() == null
                ? ""
                : e.getCommandLine().getCommandName() + " ")
            + "--help");
    return ExitCode.USAGE;
  }

  private static int failed(Console console, Exception e, ParseResult parsed) {
    if (e instanceof ParameterException misuse) {
      return misused(console, misuse);
    }
    if (!(e instanceof OpsException told)) {
      return broken(console, e);
    }
    console.failed(told, parsed.hasMatchedOption("--json"));
    return told instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.UNKNOWN;
  }

  /** A fault of our own: its stack trace is what we would ask for. */
  private static int broken(Console console, Throwable fault) {
    var trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace, true));
    console.note("hotdash-ops failed; please report this:\n" + trace);
    return ExitCode.UNKNOWN;
  }
}
