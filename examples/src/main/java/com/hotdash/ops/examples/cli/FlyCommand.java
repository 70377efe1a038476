package com.hotdash.ops.examples.cli;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.fly.FlyApp;
import com.hotdash.ops.fly.FlyClient;
import com.hotdash.ops.fly.FlyLogs;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fly",
    description = {
      "Looks at the app at Fly, with an end: status of everything, releases, or logs.",
      "Exit code 3 if not all could be looked at."
    })
final class FlyCommand extends AnsweringCommand {
  private final Environment environment;

  enum View {
    status,
    releases,
    logs
  }

  @Parameters(index = "0", description = "What to look at: ${COMPLETION-CANDIDATES}.")
  private View view = View.status;

  @Option(
      names = "--last",
      paramLabel = "<duration>",
      defaultValue = "10m",
      converter = DurationConverter.class,
      description = "How far back logs are read, such as 90s; at most and by default 10m.")
  private Duration last = Duration.ofMinutes(10);

  @Option(
      names = "--grep",
      paramLabel = "<regex>",
      description = "Shows only log lines in which this regular expression is found.")
  private String grep = "";

  @Option(
      names = "--lines",
      paramLabel = "<number>",
      defaultValue = "50",
      description =
          "How many of the newest log lines are shown; --json has all. Default: ${DEFAULT-VALUE}.")
  private int shown = 50;

  FlyCommand(Console console, Environment environment) {
    super(console, environment);
    this.environment = environment;
  }

  @Override
  int answer(RunbookProcedures ops) {
    var pattern = pattern();
    try (var client = client()) {
      var app = app(client);
      return switch (view) {
        case status -> {
          var status = app.status();
          yield tell(status.page(), FlyData.of(status), status.notChecked().isEmpty());
        }
        case releases -> {
          var releases = app.releases();
          var page = Page.builder().heading(1, "Releases of " + app.name());
          page.bullets(releases.stream().map(Object::toString).toList());
          yield tell(page.build(), Map.of("releases", FlyData.releases(releases)), true);
        }
        case logs -> {
          var logs = app.logs(last);
          var matching = logs.matching(pattern);
          var data = FlyData.of(logs, matching);
          yield tell(page(app.name(), logs, matching), data, logs.complete());
        }
      };
    }
  }

  private Page page(String name, FlyLogs all, FlyLogs matching) {
    var entries = matching.entries();
    var page = Page.builder().heading(1, "Logs of " + name);
    page.paragraph(all.coverage());
    if (!grep.isEmpty()) {
      page.paragraph(entries.size() + " of them match " + grep);
    }
    if (entries.size() > shown) {
      page.paragraph(
          "Shown are the newest "
              + shown
              + " of "
              + entries.size()
              + "; --lines="
              + entries.size()
              + " shows all.");
    }
    var lines =
        entries.stream()
            .skip(Math.max(0, entries.size() - shown))
            .map(each -> each.toString().replaceAll("\\R", " "))
            .toList();
    return lines.isEmpty() ? page.build() : page.code("", String.join("\n", lines)).build();
  }

  private int tell(Page page, Map<String, Object> data, boolean complete) {
    if (json()) {
      var report = Report.of(page, Map.of("kind", "fly-" + view)).with("complete", complete);
      for (var each : data.entrySet()) {
        report = report.with(each.getKey(), each.getValue());
      }
      console().json(report);
    } else {
      console().print(page);
    }
    return complete ? ExitCode.OK : ExitCode.UNKNOWN;
  }

  private Pattern pattern() {
    if (!grep.isEmpty() && view != View.logs) {
      throw misuse("--grep is for logs");
    }
    if (shown < 1) {
      throw misuse("--lines wants a number of lines, at least 1");
    }
    try {
      return Pattern.compile(grep);
    } catch (PatternSyntaxException e) {
      throw misuse("--grep wants a regular expression: " + e.getDescription());
    }
  }

  private FlyClient client() {
    try {
      return FlyClient.from(environment).build();
    } catch (IllegalStateException e) {
      throw wrong("no token is set", "set FLY_API_TOKEN; see --help");
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()), "see the settings in --help");
    }
  }

  private FlyApp app(FlyClient client) {
    var name =
        environment
            .text("FLY_APP")
            .orElseThrow(() -> wrong("FLY_APP is not set", "set FLY_APP to the app's name"));
    try {
      return client.app(name);
    } catch (IllegalArgumentException e) {
      throw wrong("FLY_APP is not the name of an app", "set FLY_APP to the app's name");
    }
  }

  private static ConfigurationException wrong(String problem, String nextStep) {
    return new ConfigurationException(Fault.of("fly", "configure", problem).withNextStep(nextStep));
  }
}
