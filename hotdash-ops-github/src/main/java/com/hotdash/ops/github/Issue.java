package com.hotdash.ops.github;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One issue.
 *
 * @param number its number in the repository
 * @param title its title
 * @param open whether it is open
 * @param labels the names of its labels
 * @param url where a person sees it
 * @param createdAt when it was created, or {@code null} if GitHub did not say
 * @param closedAt when it was closed, or {@code null}
 * @param closedAs GitHub's word for why it was closed, or {@code null}
 */
public record Issue(
    long number,
    String title,
    boolean open,
    List<String> labels,
    String url,
    @Nullable Instant createdAt,
    @Nullable Instant closedAt,
    @Nullable String closedAs) {
  /** Copies the labels. */
  public Issue {
    labels = List.copyOf(labels);
  }

  /**
   * Returns which of some labels it does not carry. Letter case does not count.
   *
   * @param wanted the labels
   * @return those that are missing
   */
  public List<String> missing(List<String> wanted) {
    var there = labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).toList();
    return wanted.stream()
        .filter(label -> !there.contains(label.toLowerCase(Locale.ROOT)))
        .toList();
  }

  @Override
  public String toString() {
    return "issue #" + number + (open ? " (open) " : " (closed) ") + title + " " + url;
  }
}
