package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.time.Time;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The other host that keeps the logs: a signed address, good for a minute, is all it asks for. */
final class LogSite implements AutoCloseable {
  private static final Duration GOOD_FOR = Duration.ofMinutes(1);
  private static final int MOST_SIGNED = 10_000;

  private final Time time;
  private final Site site;
  private final Map<String, Signed> signed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Signed> eldest) {
          return size() > MOST_SIGNED;
        }
      };

  LogSite(Time time) {
    this.time = time;
    this.site = Site.start(time, true, this::answer);
  }

  private record Signed(Job job, Instant until) {}

  Site site() {
    return site;
  }

  URI sign(Job job) {
    var until = time.now().plus(GOOD_FOR);
    var signature = UUID.randomUUID().toString();
    synchronized (signed) {
      signed.put(signature, new Signed(job, until));
    }
    return URI.create(
        site.address() + "/actions-results/" + job.id() + ".txt?se=" + until + "&sig=" + signature);
  }

  private Answer answer(Call call) {
    if (call.header("authorization") != null) {
      return error(
          400,
          "InvalidAuthenticationInfo",
          "Authentication information is not given in the correct format.");
    }
    var found = signed(call.query().get("sig"));
    if (found == null || !time.now().isBefore(found.until())) {
      return error(403, "AuthenticationFailed", "Signature not valid in the specified time frame.");
    }
    return Answer.streamed("text/plain", out -> write(found.job(), out));
  }

  private @Nullable Signed signed(@Nullable String signature) {
    synchronized (signed) {
      return signature == null ? null : signed.get(signature);
    }
  }

  private static Answer error(int status, String code, String message) {
    return Answer.text(
        status,
        "application/xml",
        "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error>");
  }

  private static void write(Job job, OutputStream out) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    var stamp = Stamps.log(job.startedAt()) + ' ';
    var end = job.id() % 2 == 0 ? "\n" : "\r\n";
    writer.write('\uFEFF');
    try (var lines = job.script().log().lines()) {
      for (var line = lines.iterator(); line.hasNext(); ) {
        writer.write(stamp);
        writer.write(line.next());
        writer.write(end);
      }
    }
    writer.flush();
  }

  @Override
  public void close() {
    site.close();
  }
}
