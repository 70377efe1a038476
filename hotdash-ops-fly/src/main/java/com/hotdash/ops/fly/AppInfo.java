package com.hotdash.ops.fly;

import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;

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

  @Override
  public String toString() {
    return name + " (" + status + ", organisation " + org + ")";
  }
}
