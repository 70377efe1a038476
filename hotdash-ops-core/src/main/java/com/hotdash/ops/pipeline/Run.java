package com.hotdash.ops.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workflow, at one attempt.
 *
 * @param id the service's id; stays the same when the run is made again
 * @param file the workflow's file, such as {@code deploy-production.yml}, or an empty text if the
 *     service does not say
 * @param name the workflow's name, or {@code null}
 * @param title what the run says it is about, or {@code null}
 * @param number counts the workflow's runs
 * @param attempt 1, and one more each time that the run is made again
 * @param event what started it, such as {@code push} or {@code workflow_dispatch}
 * @param state where it stands
 * @param branch the branch or tag, or {@code null}
 * @param sha the commit, or {@code null}
 * @param createdAt when the first attempt was created, or {@code null}
 * @param startedAt when this attempt began, or {@code null}
 * @param updatedAt when the service last changed the record, or {@code null}
 * @param actor who started this attempt, or {@code null}
 * @param url where a person sees it, or an empty text
 */
public record Run(
    long id,
    String file,
    @Nullable String name,
    @Nullable String title,
    int number,
    int attempt,
    String event,
    State state,
    @Nullable String branch,
    @Nullable String sha,
    @Nullable Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant updatedAt,
    @Nullable String actor,
    String url) {

  /**
   * Returns how long this attempt took. It counts from the attempt's own start: the run's creation
   * stays that of the first attempt.
   *
   * @return the duration, or empty if it is not over or the service gave no times
   */
  public Optional<Duration> duration() {
    return state.active() || startedAt == null || updatedAt == null
        ? Optional.empty()
        : Optional.of(Duration.between(startedAt, updatedAt));
  }

  /**
   * Returns for how long this attempt has been there.
   *
   * @param now the time of day
   * @return the age, or empty if the service gave no times
   */
  public Optional<Duration> age(Instant now) {
    var since = startedAt == null ? createdAt : startedAt;
    return since == null ? Optional.empty() : Optional.of(Duration.between(since, now));
  }

  /**
   * Returns whether it goes back to an earlier release, by its workflow's file or name: HotDash's
   * own is {@code rollback-production.yml} (facts on HotDash).
   *
   * @return true if so
   */
  public boolean goesBack() {
    var words = (file + " " + name).toLowerCase(Locale.ROOT);
    return words.contains("rollback") || words.contains("roll back");
  }

  @Override
  public String toString() {
    var text = new StringBuilder(file.isEmpty() ? String.valueOf(name) : file);
    text.append(" #").append(number).append(" run ").append(id);
    if (attempt > 1) {
      text.append(" attempt ").append(attempt);
    }
    text.append(": ").append(state);
    if (branch != null) {
      text.append(", ").append(branch);
    }
    if (sha != null) {
      text.append('@').append(sha, 0, Math.min(7, sha.length()));
    }
    if (startedAt != null) {
      text.append(", since ").append(startedAt);
    }
    return text.toString();
  }
}
