package com.hotdash.ops.testkit.github;

import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody who calls: a token with its rights and limits, or all that come without one. */
final class Caller {
  final @Nullable Secret token;
  final String login;
  final Limit core;
  final Limit search;
  final Map<Repository, Set<Right>> rights = new HashMap<>();
  @Nullable Instant expiresAt;
  private final Deque<Spent> spent = new ArrayDeque<>();

  private record Spent(Instant at, int points, boolean content) {}

  Caller(@Nullable Secret token, String login, Instant now) {
    this.token = token;
    this.login = login;
    boolean known = token != null;
    this.core = new Limit("core", known ? 5_000 : 60, Duration.ofHours(1), now);
    this.search = new Limit("search", known ? 30 : 10, Duration.ofMinutes(1), now);
  }

  /** Spends points of the secondary limits; returns false if they are used up. */
  boolean spend(Instant now, int points, boolean content) {
    while (!spent.isEmpty() && spent.getFirst().at().isBefore(now.minus(Duration.ofHours(1)))) {
      spent.removeFirst();
    }
    var minute = now.minus(Duration.ofMinutes(1));
    int inMinute = points;
    int contentInMinute = content ? 1 : 0;
    int contentInHour = contentInMinute;
    for (var each : spent) {
      boolean recent = each.at().isAfter(minute);
      inMinute += recent ? each.points() : 0;
      contentInMinute += recent && each.content() ? 1 : 0;
      contentInHour += each.content() ? 1 : 0;
    }
    if (inMinute > 900 || contentInMinute > 80 || contentInHour > 500) {
      return false;
    }
    spent.addLast(new Spent(now, points, content));
    return true;
  }
}
