package com.hotdash.ops.examples.cli;

import com.hotdash.ops.fly.FlyLogEntry;
import com.hotdash.ops.fly.FlyLogs;
import com.hotdash.ops.fly.FlyStatus;
import com.hotdash.ops.fly.Machine;
import com.hotdash.ops.fly.Release;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Fly tells, for programs. A field that Fly did not tell is left out. */
final class FlyData {
  private FlyData() {}

  static Map<String, Object> of(FlyStatus status) {
    var data = new LinkedHashMap<String, Object>();
    data.put("app", status.name());
    data.put("at", status.at().toString());
    status
        .machines()
        .toOptional()
        .ifPresent(all -> data.put("machines", all.stream().map(FlyData::machine).toList()));
    status.releases().toOptional().ifPresent(all -> data.put("releases", releases(all)));
    status
        .secrets()
        .toOptional()
        .ifPresent(all -> data.put("secrets", all.stream().map(each -> each.name()).toList()));
    status.incidents().toOptional().ifPresent(all -> data.put("incidents", texts(all)));
    status.hostIssues().toOptional().ifPresent(all -> data.put("hostIssues", texts(all)));
    data.put("mixed", status.mixed());
    data.put("notChecked", texts(status.notChecked()));
    return data;
  }

  static List<Map<String, Object>> releases(List<Release> releases) {
    return releases.stream().map(FlyData::release).toList();
  }

  /** All lines that match, and how much was looked through for them. */
  static Map<String, Object> of(FlyLogs all, FlyLogs matching) {
    var data = new LinkedHashMap<String, Object>();
    data.put("since", all.since().toString());
    data.put("until", all.until().toString());
    data.put("coverage", all.coverage());
    data.put("read", all.entries().size());
    data.put("lines", matching.entries().stream().map(FlyData::line).toList());
    return data;
  }

  private static Map<String, Object> machine(Machine machine) {
    var data = new LinkedHashMap<String, Object>();
    data.put("id", machine.id());
    data.put("state", machine.state().toString());
    data.put("region", machine.region());
    data.put("instanceId", machine.instanceId());
    data.put("managed", machine.managed());
    machine.releaseVersion().ifPresent(version -> data.put("release", version));
    put(data, "image", machine.image());
    machine.healthy().ifPresent(healthy -> data.put("healthy", healthy));
    machine.guest().ifPresent(guest -> data.put("size", guest.toString()));
    data.put("cordoned", machine.cordoned());
    data.put("hostStatus", machine.hostStatus());
    machine.lastExit().ifPresent(exit -> data.put("lastExit", exit.toString()));
    put(data, "updatedAt", machine.updatedAt());
    return data;
  }

  private static Map<String, Object> release(Release release) {
    var data = new LinkedHashMap<String, Object>();
    data.put("version", release.version());
    data.put("status", release.status());
    data.put("description", release.description());
    put(data, "image", release.image());
    put(data, "createdAt", release.createdAt());
    data.put("user", release.user());
    return data;
  }

  private static Map<String, Object> line(FlyLogEntry entry) {
    var data = new LinkedHashMap<String, Object>();
    put(data, "at", entry.at());
    data.put("machine", entry.instance());
    data.put("region", entry.region());
    data.put("provider", entry.provider());
    data.put("level", entry.level());
    data.put("message", entry.message());
    return data;
  }

  private static List<String> texts(List<?> all) {
    return all.stream().map(Object::toString).toList();
  }

  private static void put(Map<String, Object> data, String name, @Nullable Object value) {
    if (value != null) {
      data.put(name, value.toString());
    }
  }
}
