package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An app of the simulated platform. What is set here is there at once, costs no request, and is not
 * among {@link FlySimulator#changes}. Thread-safe.
 */
public final class FlyApp {
  private final AppState state;

  FlyApp(AppState state) {
    this.state = state;
  }

  /**
   * Returns its name.
   *
   * @return such as {@code hotdash-production}
   */
  public String name() {
    return state.name;
  }

  /**
   * Adds a machine that already runs, as HotDash's do: shared, 2 CPUs, 2 GB, two health checks,
   * auto stop with two machines kept. Its metadata names the newest release that has this image.
   *
   * @param region such as {@code ord}
   * @param image what it runs
   * @return the machine, {@code started} an hour ago
   */
  public FlyMachine machine(String region, FlyImage image) {
    return machine(region, HotdashConfig.of(image, releaseOf(image)));
  }

  /**
   * Adds a machine that already runs.
   *
   * @param region such as {@code ord}
   * @param configJson its whole config
   * @return the machine, {@code started} an hour ago
   * @throws IllegalArgumentException if that is not a JSON object with an image
   */
  public FlyMachine machine(String region, String configJson) {
    var config = Json.object(configJson);
    if (config == null || Tree.text(config.get("image")) == null) {
      throw new IllegalArgumentException("not the config of a machine");
    }
    return machine(region, config);
  }

  /**
   * Adds a machine that already runs, as {@link #machine(String, FlyImage)} does, under an id that
   * another part of the world knows it by.
   *
   * @param id 14 characters that no other machine of the app has
   * @param region such as {@code ord}
   * @param image what it runs
   * @return the machine
   * @throws IllegalArgumentException if there is a machine with that id
   */
  public FlyMachine machine(String id, String region, FlyImage image) {
    return machine(id, region, HotdashConfig.of(image, releaseOf(image)));
  }

  /**
   * Puts an image on all machines at once, as a deploy of the past did: one new version each, no
   * request. Running machines boot; stopped ones stay stopped.
   *
   * @param image the image
   */
  public void deployed(FlyImage image) {
    var release = releaseOf(image);
    synchronized (state.world) {
      state.world.settle();
      for (var machine : state.alive()) {
        var config = Tree.copyMembers(machine.current.config());
        var fresh = HotdashConfig.of(image, release);
        config.put("image", fresh.get("image"));
        var metadata = new LinkedHashMap<>(Tree.members(config.get("metadata")));
        metadata.putAll(Tree.members(fresh.get("metadata")));
        config.put("metadata", metadata);
        machine.place(
            new MachineState.Version(state.world.ids.next(state.world.now()), config, 0, true));
      }
    }
  }

  private FlyMachine machine(String region, Map<String, @Nullable Object> config) {
    String id;
    synchronized (state.world) {
      id = state.world.ids.machineId();
    }
    return machine(id, region, config);
  }

  private FlyMachine machine(String id, String region, Map<String, @Nullable Object> config) {
    var world = state.world;
    synchronized (world) {
      if (state.machines.containsKey(id)) {
        throw new IllegalArgumentException("there is a machine " + id);
      }
      var since = world.now().minus(Duration.ofHours(1));
      var first = new MachineState.Version(world.ids.next(since), config, 0, true);
      var machine =
          new MachineState(state, id, "calm-river-" + world.ids.hex(4), region, first, since);
      state.machines.put(machine.id, machine);
      machine.secretsVersion = state.secrets.version();
      machine.settled();
      return machine.handle;
    }
  }

  /**
   * Returns its machines that are not destroyed.
   *
   * @return in the order they were made
   */
  public List<FlyMachine> machines() {
    synchronized (state.world) {
      state.world.settle();
      return state.alive().stream().map(machine -> machine.handle).toList();
    }
  }

  /**
   * Begins to write release records of the past.
   *
   * @param first when the first of them was made
   * @return what writes them
   */
  public ReleaseHistory history(Instant first) {
    return new ReleaseHistory(state, first);
  }

  /**
   * Returns its release records.
   *
   * @return oldest first
   */
  public List<FlyRelease> releases() {
    synchronized (state.world) {
      return List.copyOf(state.releases);
    }
  }

  /**
   * Sets secrets as one version, now: every machine that is made later starts with them.
   *
   * @param values name to value; only a digest of each is kept
   */
  public void secrets(Map<String, String> values) {
    synchronized (state.world) {
      state.secrets.write(new HashMap<String, @Nullable String>(values));
    }
  }

  /**
   * Sets secrets as one version that was stored at a time of the past.
   *
   * @param values name to value; only a digest of each is kept
   * @param at when, not before those that were stored last
   */
  public void secrets(Map<String, String> values, Instant at) {
    synchronized (state.world) {
      state.secrets.write(new HashMap<String, @Nullable String>(values), at);
    }
  }

  /**
   * Returns what is stored, whether or not a machine has it yet.
   *
   * @return name to digest
   */
  public Map<String, String> secretDigests() {
    synchronized (state.world) {
      return state.secrets.digests(state.secrets.version());
    }
  }

  /**
   * Adds a line to its log. Does not wait for requests that are being answered.
   *
   * @param line the line
   */
  public void log(FlyLogLine line) {
    state.logs.add(line);
  }

  /**
   * Says that a host under this app is in trouble, as GraphQL's {@code hostIssues} tells.
   *
   * @param message what people read
   */
  public void hostIssue(String message) {
    synchronized (state.world) {
      var now = state.world.now().toString();
      state.hostIssues.add(
          Json.of(
              "internalId",
              state.world.ids.hex(8),
              "message",
              message,
              "createdAt",
              now,
              "updatedAt",
              now));
    }
  }

  private Optional<FlyRelease> releaseOf(FlyImage image) {
    synchronized (state.world) {
      FlyRelease found = null;
      for (var release : state.releases) {
        if (image.reference().equals(release.imageRef())) {
          found = release;
        }
      }
      return Optional.ofNullable(found);
    }
  }

  @Override
  public String toString() {
    return name() + " with " + machines().size() + " machines";
  }
}
