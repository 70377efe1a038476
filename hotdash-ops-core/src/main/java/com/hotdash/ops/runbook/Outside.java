package com.hotdash.ops.runbook;

import com.hotdash.ops.app.AppClient;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.Instances;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.escalation.Notifier;
import com.hotdash.ops.escalation.WebhookNotifier;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Time;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application and the status pages, as the environment names them. A setting that cannot be
 * understood costs what it was for and nothing else, and tells how to set it right.
 */
final class Outside {
  static final String APP_URL = "HOTDASH_OPS_APP_URL";
  static final String STATUS_PAGES = "HOTDASH_OPS_STATUSPAGE_URLS";
  static final String NOTIFY_URL = "HOTDASH_OPS_NOTIFY_URL";
  private static final String APP_STEP = "set " + APP_URL + " to https://host";
  private static final String PAGES_STEP =
      "set " + STATUS_PAGES + " to name=https://address,name=https://address";
  private static final int MOST_PAGES = 20;

  private @Nullable String appUrl;
  private @Nullable Secret notifyUrl;
  private Instances instances = Instances.single();
  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final List<Unusable> unusable = new ArrayList<>();

  private record Page(String name, String address, List<String> words) {}

  private record Unusable(String name, String why) {}

  Outside copy() {
    var copy = new Outside();
    copy.appUrl = appUrl;
    copy.notifyUrl = notifyUrl;
    copy.instances = instances;
    copy.pages.putAll(pages);
    copy.unusable.addAll(unusable);
    return copy;
  }

  void read(Environment variables) {
    notifyUrl = variables.secret(NOTIFY_URL).orElse(notifyUrl);
    appUrl = variables.text(APP_URL).orElse(appUrl);
    variables.text(STATUS_PAGES).ifPresent(this::readPages);
  }

  void instances(Instances known) {
    instances = known;
  }

  /** The first of a name counts: what a person configured is read before the modules add theirs. */
  boolean page(String name, String address, String... words) {
    return pages.putIfAbsent(name.toLowerCase(Locale.ROOT), new Page(name, address, List.of(words)))
        == null;
  }

  private void readPages(String text) {
    var entries = text.split(",", -1);
    for (int i = 0; i < entries.length; i++) {
      var name = "entry " + (i + 1) + " of " + STATUS_PAGES;
      var entry = entries[i].strip();
      int equals = entry.indexOf('=');
      if (entry.isEmpty()) {
        continue; // a comma too many hides nothing
      }
      if (i >= MOST_PAGES) {
        unusable.add(new Unusable(name, "more than " + MOST_PAGES + " entries"));
        return;
      }
      var said = equals < 0 ? "" : entry.substring(0, equals).strip();
      if (!said.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,40}")) {
        unusable.add(new Unusable(name, "it is not name=https://address"));
      } else if (!usable(entry.substring(equals + 1).strip())) {
        unusable.add(new Unusable(said, name + " has no usable address"));
      } else if (!page(said, entry.substring(equals + 1).strip())) {
        unusable.add(new Unusable(name, "its name stands there twice"));
      }
    }
  }

  /** Returns the client of the application, or nothing if none is configured or it cannot be. */
  @Nullable AppClient app(Redactor redactor, Time time) {
    return appUrl == null || !usable(appUrl)
        ? null
        : AppClient.builder()
            .baseUrl(appUrl)
            .instances(instances)
            .redactor(redactor)
            .time(time)
            .build();
  }

  /** Returns all that must be kept out of text. */
  List<Secret> credentials() {
    return notifyUrl == null ? List.of() : WebhookNotifier.credentials(notifyUrl);
  }

  /** Returns the way to the manager, or nothing if none is configured. */
  @Nullable Notifier notifier(Redactor redactor, Time time) {
    if (notifyUrl == null) {
      return null;
    }
    try {
      return WebhookNotifier.builder(notifyUrl).redactor(redactor).time(time).build();
    } catch (IllegalArgumentException e) {
      return Notifier.unusable(
          "webhook of " + NOTIFY_URL,
          "it is no usable address; set " + NOTIFY_URL + " to https://host/path");
    }
  }

  /** Returns the pages, or nothing if none is configured. */
  @Nullable StatusPages statusPages(Redactor redactor, Time time) {
    if (pages.isEmpty() && unusable.isEmpty()) {
      return null;
    }
    var builder = StatusPages.builder().redactor(redactor).time(time);
    pages
        .values()
        .forEach(
            page -> builder.page(page.name(), page.address(), page.words().toArray(String[]::new)));
    unusable.forEach(one -> builder.unusable(one.name(), one.why(), PAGES_STEP));
    return builder.build();
  }

  /** Returns what was handed in or made, for a person's questions. */
  AppClient asked(@Nullable AppReader app) {
    if (app instanceof AppClient client) {
      return client;
    }
    if (app != null) {
      throw missing("app", "the application was handed in as a reader", "ask that reader itself");
    }
    throw missing(
        "app",
        appUrl == null ? "no application is configured" : APP_URL + " is not a usable address",
        APP_STEP);
  }

  StatusPages asked(@Nullable StatusPages handedIn) {
    if (handedIn == null) {
      throw missing("statusPages", "no status page is configured", PAGES_STEP);
    }
    return handedIn;
  }

  private static ConfigurationException missing(String what, String problem, String nextStep) {
    return new ConfigurationException(Fault.of("runbook", what, problem).withNextStep(nextStep));
  }

  /** What neither holds a credential nor is cut short by what follows it. */
  private static boolean usable(String address) {
    try {
      var uri = new URI(address);
      return List.of("http", "https")
              .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
          && uri.getHost() != null
          && uri.getPort() <= 65_535
          && uri.getPort() != 0
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false; // the caller tells which setting it is, and never what it holds
    }
  }
}
