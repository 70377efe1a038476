package com.hotdash.ops.fly;

import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.stream.Stream;

/**
 * An app, as Fly describes it.
 *
 * @param id Fly's id
 * @param name its name
 * @param status {@code pending} if never deployed, {@code deployed}, or {@code suspended}, which is
 *     what an app reads all of whose machines are stopped: with auto-stop no trouble
 * @param org its organisation's short name
 */
public record AppInfo(String id, String name, String status, String org) {
  static AppInfo read(AppCalls calls, Deadline limit) {
    var request = HttpRequest.get("app.get", calls.appPath());
    var app = calls.object("app.get", calls.app(), request, limit);
    var org = app.object("organization").text("slug", "");
    if (org.isEmpty()) {
      throw new FlyProtocolException(
          com.hotdash.ops.error.Fault.of(
                  "fly", "app.get", calls.app() + " came without its organisation")
              .withNextStep("set FLY_ORG"),
          200,
          "",
          null);
    }
    return new AppInfo(
        app.text("id", ""), app.text("name", calls.app()), app.text("status", ""), org);
  }

  /** By what else the app is known: its id, its number, and its name. */
  static List<String> numbers(AppCalls calls, Deadline limit) {
    var request = HttpRequest.get("app.get", calls.appPath());
    var app = calls.object("app.get", calls.app(), request, limit);
    var number = app.number("internal_numeric_id");
    return Stream.of(app.text("id", ""), number == null ? "" : number.toString(), calls.app())
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  @Override
  public String toString() {
    return name + " (" + status + ", organisation " + org + ")";
  }
}
