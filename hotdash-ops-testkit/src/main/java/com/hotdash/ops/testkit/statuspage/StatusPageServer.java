package com.hotdash.ops.testkit.statuspage;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's status page on a loopback port: the eight files of Statuspage's public API v2. It says
 * what its people wrote, which is not what their systems do. Thread-safe.
 */
public final class StatusPageServer implements AutoCloseable {
  static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final List<String> STATES =
      List.of(
          "operational",
          "under_maintenance",
          "degraded_performance",
          "partial_outage",
          "major_outage");
  private static final int MOST_INCIDENTS = 50;
  private static final int OVERSIZE_CHUNKS = 64;

  private final Time time;
  private final String name;
  private final Site site;
  private final Map<String, String> components = new LinkedHashMap<>();
  private final List<Notice> incidents = new ArrayList<>();
  private final List<Notice> maintenances = new ArrayList<>();
  private Instant updatedAt;
  private Shape shape = Shape.STATUSPAGE;
  private int ids;

  /** What stands at the page's address. */
  public enum Shape {
    /** The page itself. */
    STATUSPAGE,
    /** A page in HTML, with status 200. */
    HTML,
    /** A redirect to a login page. */
    LOGIN,
    /** JSON of 4 MiB, without an end to its list. */
    OVERSIZE,
    /** Another product's JSON at the same address. */
    OTHER_PRODUCT,
    /** The same members with words that Statuspage doesn't have. */
    LOOK_ALIKE
  }

  private StatusPageServer(Time time, String name) {
    this.time = time;
    this.name = name;
    this.updatedAt = time.now();
    this.site = Site.start(time, false, this::answer);
  }

  /**
   * Starts a page without components and incidents.
   *
   * @param time what its times go by
   * @param name the vendor, as the page shows it
   * @return the page, serving
   */
  public static StatusPageServer start(Time time, String name) {
    return new StatusPageServer(time, name);
  }

  /**
   * Returns where the page is.
   *
   * @return the address, without a slash at the end
   */
  public URI address() {
    return site.address();
  }

  /**
   * Returns the page's server: its record of requests, and where to lay faults.
   *
   * @return the server
   */
  public Site site() {
    return site;
  }

  /**
   * Adds a component, or sets its status. All stand in one group.
   *
   * @param component its name
   * @param status in Statuspage's words, such as {@code partial_outage}
   */
  public synchronized void component(String component, String status) {
    components.put(component, status);
    updatedAt = time.now();
  }

  /**
   * Opens an incident, as {@code investigating}. It leaves the components as they are: people
   * forget that.
   *
   * @param title the title
   * @param impact {@code none}, {@code minor}, {@code major} or {@code critical}
   * @param affected the components that it names
   * @return its id
   */
  public synchronized String incident(String title, String impact, String... affected) {
    var made = notice("i", title, impact, affected);
    incidents.add(0, made);
    add(made, "investigating", "We are looking into it.");
    return made.id;
  }

  /**
   * Announces a maintenance.
   *
   * @param title the title
   * @param from when it begins
   * @param until when it ends
   * @param affected the components that it names
   * @return its id
   */
  public synchronized String maintenance(
      String title, Instant from, Instant until, String... affected) {
    var made = notice("m", title, "maintenance", affected);
    made.from = from;
    made.until = until;
    maintenances.add(0, made);
    add(made, "scheduled", "We will upgrade.");
    return made.id;
  }

  /**
   * Updates an incident or a maintenance.
   *
   * @param id which
   * @param status such as {@code identified}, {@code resolved} or {@code in_progress}
   * @param body what it says; may hold HTML
   */
  public synchronized void update(String id, String status, String body) {
    var all = new ArrayList<>(incidents);
    all.addAll(maintenances);
    var found = all.stream().filter(n -> n.id.equals(id)).findFirst();
    add(found.orElseThrow(() -> new IllegalArgumentException("no notice " + id)), status, body);
  }

  /**
   * Puts something else at the page's address, or the page back.
   *
   * @param stands what
   */
  public synchronized void shape(Shape stands) {
    shape = stands;
  }

  /** Closes the port. */
  @Override
  public void close() {
    site.close();
  }

  private Notice notice(String prefix, String title, String impact, String... affected) {
    ids++;
    return new Notice(prefix + ids, title, impact, time.now(), List.of(affected));
  }

  private void add(Notice notice, String status, String body) {
    notice.updates.add(0, new Notice.Update(status, body, time.now()));
    updatedAt = time.now();
  }

  private synchronized Answer answer(Call call) {
    return switch (shape) {
      case HTML -> Answer.text(200, "text/html", "<!doctype html><title>All good</title>");
      case LOGIN -> Answer.empty(302).with("Location", address() + "/login");
      case OVERSIZE -> Answer.streamed("application/json", StatusPageServer::oversize);
      case OTHER_PRODUCT ->
          Answer.json(200, Json.of("page", Json.of("name", name, "status", "HASISSUES")));
      case LOOK_ALIKE -> Answer.json(200, Json.of("status", Json.of("indicator", "operational")));
      case STATUSPAGE -> page(call.path());
    };
  }

  private static void oversize(OutputStream out) throws IOException {
    var chunk = "\"all is well\",".repeat(4_682).getBytes(StandardCharsets.UTF_8);
    out.write("{\"components\":[".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < OVERSIZE_CHUNKS; i++) {
      out.write(chunk);
    }
  }

  private Answer page(String path) {
    var body = Json.of("page", about());
    switch (path) {
      case "/api/v2/summary.json" -> {
        body.put("status", status());
        body.put("components", components());
        body.put("incidents", json(incidents, n -> !n.over()));
        body.put("scheduled_maintenances", json(maintenances, n -> !n.over()));
      }
      case "/api/v2/status.json" -> body.put("status", status());
      case "/api/v2/components.json" -> body.put("components", components());
      case "/api/v2/incidents.json" -> body.put("incidents", json(incidents, n -> true));
      case "/api/v2/incidents/unresolved.json" ->
          body.put("incidents", json(incidents, n -> !n.over()));
      case "/api/v2/scheduled-maintenances.json" -> maintenances(body, n -> true);
      case "/api/v2/scheduled-maintenances/upcoming.json" ->
          maintenances(body, n -> n.status().equals("scheduled"));
      case "/api/v2/scheduled-maintenances/active.json" ->
          maintenances(body, n -> List.of("in_progress", "verifying").contains(n.status()));
      default -> {
        return Answer.text(404, "text/html", "<!doctype html><title>Not found</title>");
      }
    }
    return Answer.json(200, body);
  }

  private void maintenances(Map<String, @Nullable Object> body, Predicate<Notice> which) {
    body.put("scheduled_maintenances", json(maintenances, which));
  }

  private Map<String, ?> about() {
    return Json.of(
        "id", "abc123",
        "name", name,
        "url", "https://status.example.com",
        "time_zone", "Etc/UTC",
        "updated_at", Notice.stamp(updatedAt));
  }

  private Map<String, ?> status() {
    var worst =
        incidents.stream()
            .filter(n -> !n.over())
            .map(n -> n.impact)
            .max((a, b) -> Integer.compare(rank(a), rank(b)))
            .orElse("none");
    var says =
        switch (worst) {
          case "none" -> "All Systems Operational";
          case "minor" -> "Partially Degraded Service";
          case "major" -> "Partial System Outage";
          default -> "Major System Outage";
        };
    return Json.of("indicator", worst, "description", says);
  }

  private static int rank(String impact) {
    return List.of("none", "minor", "major", "critical").indexOf(impact);
  }

  private List<Object> components() {
    var rows = new ArrayList<Object>();
    if (components.isEmpty()) {
      return rows;
    }
    var worst =
        components.values().stream()
            .max((a, b) -> Integer.compare(STATES.indexOf(a), STATES.indexOf(b)))
            .orElse("operational");
    var names = List.copyOf(components.keySet());
    var group = row("g1", name, worst, 0);
    group.put("group", true);
    group.put("group_id", null);
    group.put("components", names.stream().map(n -> "c" + (names.indexOf(n) + 1)).toList());
    rows.add(group);
    names.forEach(n -> rows.add(component(n)));
    return rows;
  }

  private Map<String, @Nullable Object> component(String component) {
    int position = List.copyOf(components.keySet()).indexOf(component) + 1;
    var status = components.getOrDefault(component, "operational");
    var row = row("c" + position, component, status, position);
    row.put("group", false);
    row.put("group_id", "g1");
    row.put("description", null);
    return row;
  }

  private Map<String, @Nullable Object> row(String id, String row, String status, int position) {
    return Json.of(
        "id", id,
        "name", row,
        "status", status,
        "position", position,
        "only_show_if_degraded", false,
        "updated_at", Notice.stamp(updatedAt));
  }

  private List<?> json(List<Notice> all, Predicate<Notice> which) {
    return all.stream()
        .filter(which)
        .limit(MOST_INCIDENTS)
        .map(n -> n.json(n.components.stream().map(this::component).toList()))
        .toList();
  }
}
