package com.hotdash.ops.testkit.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An issue or a pull request. Guarded by the repository's lock. */
final class Issue {
  final long id;
  final int number;
  final boolean pullRequest;
  final String author;
  final Instant createdAt;
  final List<Comment> comments = new ArrayList<>();
  final List<Indexed> history = new ArrayList<>();
  String title;
  @Nullable String body;
  String state = "open";
  @Nullable String stateReason;
  boolean locked;
  List<Label> labels = new ArrayList<>();
  List<String> assignees = List.of();
  Instant updatedAt;
  @Nullable Instant closedAt;

  Issue(long id, int number, boolean pullRequest, String author, Instant at, String title) {
    this.id = id;
    this.number = number;
    this.pullRequest = pullRequest;
    this.author = author;
    this.createdAt = at;
    this.updatedAt = at;
    this.title = title;
  }

  record Comment(
      long id, String author, @Nullable String association, String body, Instant createdAt) {}

  record Label(long id, String name, String color, @Nullable String description) {}

  /** What search knows of an issue from a moment on. */
  record Indexed(Instant at, String title, String body, String state, List<String> labels) {}

  /** Notes a change for the list and for the search index, which takes it up later. */
  void changed(Instant at, Instant indexedAt) {
    updatedAt = at;
    var names = labels.stream().map(Label::name).toList();
    history.add(new Indexed(indexedAt, title, body == null ? "" : body, state, names));
  }

  @Nullable Indexed indexed(Instant now) {
    Indexed known = null;
    for (var state : history) {
      if (!state.at().isAfter(now)) {
        known = state;
      }
    }
    return known;
  }
}
