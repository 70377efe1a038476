package com.hotdash.ops.github;

import com.hotdash.ops.escalation.Remark;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was written under an issue since its problem began or came back. Only those count who may
 * write to the repository, and the token itself: a stranger must not keep the manager asleep.
 */
record IssueRemarks(Issues issues, Redactor redactor) {
  /** How a comment begins that opens an issue again. */
  static final String BACK = "It is back.";

  List<Remark> of(Issue issue, Marker marker, Instant since, Deadline deadline) {
    var all = issues.comments(issue.number(), since, deadline).items();
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      var body = all.get(i).text("body", "");
      from = body.startsWith(BACK) && marker.ends(body) ? i + 1 : from;
    }
    var now = all.subList(from, all.size());
    // Who may not push is no insider, and may be the one whose remarks these are.
    var myself = now.stream().allMatch(Issues::byInsider) ? null : issues.myself(deadline);
    return now.stream()
        .filter(each -> Issues.byInsider(each) || Issues.by(myself, each))
        .map(this::remark)
        .toList();
  }

  private Remark remark(Fields comment) {
    var body = comment.text("body", "");
    @Nullable Instant at = comment.instant("created_at");
    return new Remark(
        at == null ? Instant.EPOCH : at,
        redactor.redact(comment.object("user").text("login", "somebody")),
        redactor.redact(body.lines().findFirst().orElse("")));
  }
}
