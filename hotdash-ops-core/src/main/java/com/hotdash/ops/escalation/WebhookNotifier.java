package com.hotdash.ops.escalation;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Posts a notice to a webhook in the form of Slack's messages, {@code {"text": …}}, which other
 * chats take as well. One POST within 10 s, never repeated; redirects are refused, since the
 * address is the credential and must not travel on. The address shows up nowhere but on the wire.
 *
 * <p>Thread-safe. It owns its connections: close it.
 */
public final class WebhookNotifier implements Notifier, AutoCloseable {
  // Slack's own bound is 40,000 characters; this is what a person reads on a telephone.
  private static final int LONGEST = 3_000;
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final int ANSWER_BYTES = 16 * 1024;
  // Shorter parts of an address are words such as services, which stand in honest text too.
  private static final int SHORTEST_PART = 8;

  private final String name;
  private final List<String> segments;
  private final List<Map.Entry<String, String>> params;
  private final HttpService http;

  private WebhookNotifier(Builder from, URI address) {
    var port = address.getPort() < 0 ? "" : ":" + address.getPort();
    name = "webhook at " + address.getHost() + port;
    segments = segments(address);
    params = params(address);
    http =
        from.transport
            .apply(
                HttpService.builder("webhook")
                    .baseUrl("https://" + address.getHost() + port)
                    .redactor(from.redactor.and(Redactor.of(credentials(from.url))))
                    .callTimeout(WITHIN)
                    .maxBodyBytes(ANSWER_BYTES)
                    .tries(1)
                    .time(from.time))
            .build();
  }

  /**
   * Begins one.
   *
   * @param url the whole address, https; it is the credential
   * @return a builder
   */
  public static Builder builder(Secret url) {
    return new Builder(url);
  }

  /**
   * Returns all that must be kept out of text about an address: itself, and its parts that are long
   * enough to be keys.
   *
   * @param url the address
   * @return the secrets; only the address itself if it cannot be understood
   */
  public static List<Secret> credentials(Secret url) {
    var all = new ArrayList<Secret>();
    all.add(url);
    var address = parsed(url);
    if (address != null) {
      all.add(Secret.of(address.getRawPath()));
      segments(address).stream()
          .filter(each -> each.length() >= SHORTEST_PART)
          .map(Secret::of)
          .forEach(all::add);
      params(address).stream()
          .map(Map.Entry::getValue)
          .filter(each -> each.length() >= SHORTEST_PART)
          .map(Secret::of)
          .forEach(all::add);
    }
    return List.copyOf(all);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Delivery tell(Notice notice, Deadline deadline) {
    if (deadline.expired()) {
      return Delivery.of(Status.FAILED, name, "no time was left to try it");
    }
    var request =
        HttpRequest.post("notice.post", segments.toArray(String[]::new))
            .json(Map.of("text", text(notice)))
            .keepRedirects();
    params.forEach(param -> request.param(param.getKey(), param.getValue()));
    try {
      var answer = http.send(request.build(), deadline);
      if (answer.status() >= 300) {
        return Delivery.of(
            Status.FAILED,
            name,
            "it answered "
                + answer.status()
                + ", a redirect, which is refused; set the address"
                + " that it leads to");
      }
      var said = answer.text().strip();
      // A page of a login or of a proxy comes with status 200 as well.
      return said.startsWith("<")
          ? Delivery.of(
              Status.UNCERTAIN, name, "it answered with a web page, as no chat does; look there")
          : Delivery.of(Status.CREATED, name, "told");
    } catch (OpsException e) {
      return Delivery.of(
          e.outcomeUnknown() ? Status.UNCERTAIN : Status.FAILED,
          name,
          http.redactor()
              .redact(
                  e.operation().name()
                      + ": "
                      + e.problem()
                      + e.nextStep().map(next -> "; " + next).orElse("")));
    }
  }

  private String text(Notice notice) {
    var text = new StringBuilder(notice.toString());
    if (notice.address() != null) {
      text.append('\n').append(notice.address());
    }
    text.append('\n').append(notice.reply());
    notice.urgency().because().forEach(each -> text.append("\n• ").append(each));
    text.append("\n\n").append(notice.alert().body().toText(Page.DEFAULT_WIDTH));
    var clean = http.redactor().redact(text.toString());
    if (clean.length() > LONGEST) {
      int end = LONGEST - 40;
      end = Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end;
      clean = clean.substring(0, end) + "…\n(cut; the issue has the whole)";
    }
    // Slack's three characters: without this, <!channel> in a log line would call everybody.
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static @Nullable URI parsed(Secret url) {
    try {
      var address = new URI(url.reveal().strip());
      return "https".equalsIgnoreCase(address.getScheme())
              && address.getHost() != null
              && address.getRawUserInfo() == null
              && address.getRawFragment() == null
              && address.getPort() != 0
              && address.getPort() <= 65_535
              && address.getRawPath().length() > 1
              && segments(address).stream()
                  .noneMatch(each -> each.isEmpty() || each.equals(".") || each.equals(".."))
          ? address
          : null;
    } catch (URISyntaxException e) {
      return null; // its message would hold the address
    }
  }

  private static List<String> segments(URI address) {
    return List.of(address.getPath().substring(1).split("/", -1));
  }

  private static List<Map.Entry<String, String>> params(URI address) {
    var all = new ArrayList<Map.Entry<String, String>>();
    var query = address.getRawQuery();
    for (var each : query == null ? new String[0] : query.split("&", -1)) {
      int equals = each.indexOf('=');
      var value = equals < 0 ? "" : each.substring(equals + 1);
      all.add(Map.entry(decoded(equals < 0 ? each : each.substring(0, equals)), decoded(value)));
    }
    return all;
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }

  /** Ends a post that is under way, and shuts down what it made. Returns at once. */
  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Gathers the settings of one. Not thread-safe. */
  public static final class Builder {
    private final Secret url;
    private Redactor redactor = Redactor.SHAPES;
    private Time time = Time.SYSTEM;
    private UnaryOperator<HttpService.Builder> transport = UnaryOperator.identity();

    private Builder(Secret url) {
      this.url = url;
    }

    /**
     * Makes more credentials known, to be kept out of what is posted.
     *
     * @param more knows them
     * @return this builder
     */
    public Builder redactor(Redactor more) {
      redactor = redactor.and(more);
      return this;
    }

    /**
     * Sets the time that is used. Default the system's.
     *
     * @param source clock, ticker and sleeper
     * @return this builder
     */
    public Builder time(Time source) {
      time = source;
      return this;
    }

    /**
     * Changes how the webhook is called, such as by a transport with a proxy.
     *
     * @param change is given the settings, and returns them changed
     * @return this builder
     */
    public Builder http(UnaryOperator<HttpService.Builder> change) {
      transport = change;
      return this;
    }

    /**
     * Makes the notifier. Opens no connection.
     *
     * @return the notifier; the caller closes it
     * @throws IllegalArgumentException if the address is not {@code https://host/path}; the message
     *     does not hold it
     */
    public WebhookNotifier build() {
      var address = parsed(url);
      if (address == null) {
        throw new IllegalArgumentException(
            "the address of a webhook must be https://host/path, without user and fragment");
      }
      return new WebhookNotifier(this, address);
    }
  }
}
