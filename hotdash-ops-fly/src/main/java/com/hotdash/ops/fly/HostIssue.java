package com.hotdash.ops.fly;

import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trouble with a host that the app's machines sit on.
 *
 * @param id Fly's id
 * @param message what Fly says
 * @param createdAt since when, or {@code null} if Fly does not say
 * @param updatedAt when Fly last wrote about it, or {@code null} if it does not say
 */
public record HostIssue(
    String id, String message, @Nullable Instant createdAt, @Nullable Instant updatedAt) {
  static List<HostIssue> of(AppCalls calls, Deadline limit) {
    var list =
        calls
            .graphQl("host-issue.list", Documents.HOST_ISSUES, Map.of("app", calls.app()), limit)
            .object("app")
            .object("hostIssues");
    if (!list.map().containsKey("nodes")) {
      throw FlyProtocolException.without("host-issue.list", "host issues");
    }
    return list.objects("nodes").stream()
        .map(
            node ->
                new HostIssue(
                    node.text("internalId", ""),
                    Texts.line(node.text("message", "")),
                    node.time("createdAt"),
                    node.time("updatedAt")))
        .toList();
  }

  @Override
  public String toString() {
    return message + " (since " + createdAt + ")";
  }
}
