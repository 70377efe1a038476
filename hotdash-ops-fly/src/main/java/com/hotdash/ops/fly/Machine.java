package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.secret.Redactor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One machine of an app, as Fly describes it.
 *
 * @param id Fly's identifier; never changes
 * @param name its name
 * @param state what Fly last reported
 * @param region three letters, such as {@code ord}
 * @param instanceId its version, which changes with every update; empty if Fly does not say
 * @param image the image that it runs, or {@code null} if Fly does not say
 * @param hostStatus {@code ok}, {@code unknown} or {@code unreachable}
 * @param cordoned whether Fly's proxy sends it no requests
 * @param config the whole config, or {@code null} if Fly cannot give it: then no update is possible
 * @param checks what its health checks said last; empty also if they have not reported yet
 * @param events what happened to it, newest first, as far as Fly lists it
 * @param metadata its metadata, as far as Fly can give them
 * @param createdAt when it was made, or {@code null} if Fly does not say
 * @param updatedAt when it was last changed, or {@code null} if Fly does not say
 */
public record Machine(
    String id,
    String name,
    MachineState state,
    String region,
    String instanceId,
    @Nullable ImageRef image,
    String hostStatus,
    boolean cordoned,
    @Nullable MachineConfig config,
    List<MachineCheck> checks,
    List<MachineEvent> events,
    Map<String, String> metadata,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt) {
  private static final Set<String> RESERVED =
      Set.of("fly_app_release_command", "fly_app_test_machine_command", "fly_app_console");

  /** Copies the lists. */
  public Machine {
    checks = List.copyOf(checks);
    events = List.copyOf(events);
    metadata = Map.copyOf(metadata);
  }

  static Machine from(Fields fields, String operation, Redactor redactor) {
    var id = fields.text("id", "");
    var state = fields.text("state", "");
    if (id.isEmpty() || state.isEmpty()) {
      throw new FlyProtocolException(
          Fault.of("fly", operation, "a machine came without its id or state"), 200, "", null);
    }
    var config = fields.object("config");
    var image = ImageRef.from(fields.object("image_ref"));
    return new Machine(
        id,
        fields.text("name", ""),
        new MachineState(state),
        fields.text("region", ""),
        fields.text("instance_id", fields.text("version", "")),
        image,
        fields.text("host_status", "ok"),
        fields.flag("cordoned"),
        config.map().isEmpty() ? null : MachineConfig.from(config),
        fields.objects("checks").stream().map(check -> check(check, redactor)).toList(),
        fields.objects("events").stream().map(MachineEvent::from).toList(),
        // With its host in trouble there may be half a config: fit to recognise it by, no more.
        (config.map().isEmpty() ? fields.object("incomplete_config") : config).texts("metadata"),
        fields.time("created_at"),
        fields.time("updated_at"));
  }

  private static MachineCheck check(Fields check, Redactor redactor) {
    return new MachineCheck(
        check.text("name", ""),
        check.text("status", ""),
        Texts.line(redactor.redact(check.text("output", ""))),
        check.time("updated_at"));
  }

  /**
   * Returns the size.
   *
   * @return the size, or empty if Fly does not say
   */
  public Optional<Guest> guest() {
    return config == null ? Optional.empty() : config.guest();
  }

  /**
   * Returns the process group.
   *
   * @return its name, or empty if it has none
   */
  public String processGroup() {
    return meta("fly_process_group", meta("process_group", ""));
  }

  /**
   * Returns the version of the release that was said to have made it: a hint. What it runs is told
   * by the image's digest.
   *
   * @return the version, or empty if its metadata do not say
   */
  public Optional<Integer> releaseVersion() {
    var text = meta("fly_release_version", "");
    return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /**
   * Returns whether it belongs to the app's own fleet: managed by Fly Launch, of no reserved
   * process group, and not gone. Others are left alone by every change.
   *
   * @return true if changes may include it
   */
  public boolean managed() {
    return !state.gone()
        && meta("fly_platform_version", "").equals("v2")
        && !RESERVED.contains(processGroup());
  }

  /**
   * Returns whether its health checks are good.
   *
   * @return true or false if it runs and they have reported, or none is configured; empty if it
   *     does not run or they have not reported yet
   */
  public Optional<Boolean> healthy() {
    if (!state.equals(MachineState.STARTED)) {
      return Optional.empty();
    }
    var counting = checks.stream().filter(MachineCheck::counts).toList();
    if (counting.isEmpty()) {
      return config == null || config.hasChecks() ? Optional.empty() : Optional.of(true);
    }
    return Optional.of(counting.stream().allMatch(MachineCheck::passing));
  }

  /**
   * Returns how its process ended last.
   *
   * @return the newest exit among its events, if there is one
   */
  public Optional<MachineExit> lastExit() {
    return events.stream().flatMap(event -> Optional.ofNullable(event.exit()).stream()).findFirst();
  }

  String meta(String key, String otherwise) {
    return metadata.getOrDefault(key, otherwise);
  }

  @Override
  public String toString() {
    return "machine %s %s %s %s v%s %s%s"
        .formatted(
            id,
            region,
            state,
            guest().map(Guest::toString).orElse("size not known"),
            releaseVersion().map(String::valueOf).orElse("?"),
            image == null ? "image not known" : image.brief(),
            healthy().map(good -> good ? ", healthy" : ", checks failing").orElse(""));
  }
}
