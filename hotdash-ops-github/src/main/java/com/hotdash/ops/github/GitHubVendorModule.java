package com.hotdash.ops.github;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.runbook.AccessCheck;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.Setting;
import com.hotdash.ops.runbook.VendorModule;
import com.hotdash.ops.secret.Redactor;
import java.util.List;

/**
 * Gives a runbook the repository that {@code GITHUB_REPOSITORY} names: its workflows, its issues as
 * the place for alerts, and GitHub's own status page where it is github.com.
 */
public final class GitHubVendorModule implements VendorModule {
  // The components that runs, readings and alerts go through.
  private static final String[] COMPONENTS = {"Actions", "API Requests", "Issues"};

  /** For {@link java.util.ServiceLoader}. */
  public GitHubVendorModule() {}

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(
            GitHubSettings.TOKEN,
            "GitHub token: actions, checks, contents: read; actions, issues: write for changes",
            true),
        new Setting(GitHubSettings.REPOSITORY, "the repository, as owner/name", false),
        new Setting(
            GitHubSettings.API_URL, "GitHub's interface; default https://api.github.com", false));
  }

  @Override
  public void configure(Environment environment, RunbookBuilder builder) {
    if (environment.text(GitHubSettings.TOKEN).isEmpty()
        && environment.text(GitHubSettings.REPOSITORY).isEmpty()) {
      return;
    }
    environment.secret(GitHubSettings.TOKEN).ifPresent(builder::secret);
    try {
      var client = GitHubClient.fromEnvironment(environment);
      builder
          .pipeline(client.pipeline())
          .alerts(client.alerts(Redactor.SHAPES)) // the runbook redacts with all that it knows
          .owns(client)
          .accessCheck(() -> List.of(client.checkAccess().asCheck()));
      if (client.publicService()) {
        builder.statusPage("GitHub", "https://www.githubstatus.com", COMPONENTS);
      }
    } catch (ConfigurationException e) {
      builder.pipeline(new MisconfiguredPipeline(e)).alerts(new MisconfiguredAlerts(e));
      builder.accessCheck(
          () ->
              List.of(
                  new AccessCheck(
                      GitHubSettings.TOKEN,
                      List.of(),
                      List.of(e.problem()),
                      e.nextStep().map(List::of).orElse(List.of()))));
    }
  }
}
