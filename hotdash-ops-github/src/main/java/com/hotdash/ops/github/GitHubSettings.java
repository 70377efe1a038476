package com.hotdash.ops.github;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.runbook.Environment;

/** The variables of the environment that lead to a repository. */
final class GitHubSettings {
  static final String TOKEN = "GITHUB_TOKEN";
  static final String REPOSITORY = "GITHUB_REPOSITORY";
  static final String API_URL = "GITHUB_API_URL";

  private GitHubSettings() {}

  static GitHubClient client(Environment environment) {
    var builder = GitHubClient.builder();
    builder.token(
        environment.secret(TOKEN).orElseThrow(() -> wrong(TOKEN + " is not set", "set " + TOKEN)));
    var repository =
        environment
            .text(REPOSITORY)
            .orElseThrow(
                () -> wrong(REPOSITORY + " is not set", "set " + REPOSITORY + " to owner/name"));
    try {
      builder.repository(repository);
    } catch (IllegalArgumentException e) {
      throw wrong(REPOSITORY + " is not owner/name", "set " + REPOSITORY + " to owner/name");
    }
    environment.text(API_URL).ifPresent(builder::baseUrl);
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      // The kit's messages name the header or the address, never a value.
      throw wrong(
          TOKEN + " or " + API_URL + " cannot be used: " + e.getMessage(),
          "check " + TOKEN + " for line breaks, and " + API_URL + " for https://host[/path]");
    }
  }

  private static ConfigurationException wrong(String problem, String nextStep) {
    return new ConfigurationException(
        Fault.of(GitHubApi.SERVICE, "configure", problem).withNextStep(nextStep));
  }
}
