package com.hotdash.ops.github;

import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the issues of a problem. Only reads. Thread-safe. */
final class KnownIssues {
  // What HotDash's own workflows file their alerts under: production-monitoring.yml and
  // health-check.yml, the latter for production and staging.
  private static final List<List<String>> OTHERS =
      List.of(
          List.of("production", "monitoring"),
          List.of("production", "downtime"),
          List.of("production-down"),
          List.of("health-check-failure"));

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);
  private static final int LOOKS = 3;

  private final Issues issues;
  private final Time time;

  KnownIssues(Issues issues, Time time) {
    this.issues = issues;
    this.time = time;
  }

  /** Looks for what was filed without an answer, some seconds long. */
  @Nullable Issue await(Marker marker, Deadline deadline) {
    for (int look = 1; look <= LOOKS; look++) {
      var found = look(marker, deadline).open();
      if (found != null
          || deadline.remaining().compareTo(LOOK_AGAIN) <= 0
          || !time.await(LOOK_AGAIN)) {
        return found;
      }
    }
    return null;
  }

  /**
   * Lists by our label first. Labels may have been dropped, and the workflows file their own: if
   * nothing of ours is open, all open issues are gone through.
   */
  Seen look(Marker marker, Deadline deadline) {
    var ours = issues.list(GitHubIssues.LABEL, "all", deadline);
    var open = oldest(ours.entries().stream(), marker);
    if (open != null) {
      return new Seen(open, null, List.of(), null);
    }
    var all = issues.list(null, "open", deadline);
    var same = all.entries().stream().filter(each -> marker.ends(each.body())).toList();
    // Who may not push is no insider, and is the one whose labels are dropped.
    var myself = same.stream().allMatch(Issues.Entry::byInsider) ? null : issues.myself(deadline);
    open = oldest(same.stream().filter(each -> each.byInsider() || each.by(myself)), marker);
    var closed =
        ours.entries().stream()
            .filter(each -> !each.issue().open() && marker.ends(each.body()))
            .map(Issues.Entry::issue)
            .max(Comparator.comparingLong(Issue::number))
            .orElse(null);
    var others =
        all.entries().stream()
            .map(Issues.Entry::issue)
            // Ours may carry the workflows' labels too, and belong to another problem.
            .filter(each -> !each.missing(List.of(GitHubIssues.LABEL)).isEmpty())
            .filter(each -> OTHERS.stream().anyMatch(words -> each.missing(words).isEmpty()))
            .limit(5)
            .toList();
    return new Seen(open, closed, others, ours.cut() == null ? all.cut() : ours.cut());
  }

  private static @Nullable Issue oldest(Stream<Issues.Entry> entries, Marker marker) {
    return entries
        .filter(each -> each.issue().open() && marker.ends(each.body()))
        .map(Issues.Entry::issue)
        .min(Comparator.comparingLong(Issue::number))
        .orElse(null);
  }

  /**
   * What there is of a problem.
   *
   * @param open the oldest open issue, or {@code null}
   * @param closed the newest closed one, or {@code null}; not looked for if one is open
   * @param others open issues of the workflows' own
   * @param cut why one of ours may have been overlooked, or {@code null}
   */
  record Seen(
      @Nullable Issue open, @Nullable Issue closed, List<Issue> others, @Nullable String cut) {
    Seen {
      others = List.copyOf(others);
    }

    /** What a new issue tells of the others. */
    String context() {
      var lines = new StringBuilder();
      if (closed != null) {
        lines.append("\n\nIt was there before: ").append(closed.url());
      }
      if (!others.isEmpty()) {
        lines.append("\n\nOpen from the workflows: ");
        lines.append(others.stream().map(Issue::url).collect(Collectors.joining(", ")));
      }
      return lines.toString();
    }
  }
}
