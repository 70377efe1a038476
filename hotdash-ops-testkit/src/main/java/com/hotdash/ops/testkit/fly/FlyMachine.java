package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.fly.PlatformSeries.Load;
import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A machine of the simulated platform: what it is now, and what can befall it. Looking and doing
 * cost no request. Thread-safe.
 */
public final class FlyMachine {
  private final MachineState state;

  FlyMachine(MachineState state) {
    this.state = state;
  }

  /**
   * Returns the machine's id, which no update changes.
   *
   * @return 14 characters
   */
  public String id() {
    return state.id;
  }

  /**
   * Returns the name of its app.
   *
   * @return such as {@code hotdash-production}
   */
  public String app() {
    return state.app.name;
  }

  /**
   * Returns where it is.
   *
   * @return such as {@code ord}
   */
  public String region() {
    return state.region;
  }

  /**
   * Returns its state in Fly's words.
   *
   * @return such as {@code started}
   */
  public String state() {
    synchronized (state.world) {
      state.world.settle();
      return state.state;
    }
  }

  /**
   * Returns its version, which Fly also calls {@code instance_id}.
   *
   * @return a ULID
   */
  public String version() {
    synchronized (state.world) {
      state.world.settle();
      return state.current.id();
    }
  }

  /**
   * Returns the image of its config, if the registry still has it.
   *
   * @return the image
   */
  public Optional<FlyImage> image() {
    synchronized (state.world) {
      state.world.settle();
      return Optional.ofNullable(state.image());
    }
  }

  /**
   * Returns since when its process runs.
   *
   * @return the time of the last boot, or nothing if it is not {@code started}
   */
  public Optional<Instant> startedAt() {
    synchronized (state.world) {
      state.world.settle();
      return Optional.ofNullable(state.startedAt);
    }
  }

  /**
   * Returns whether the proxy leaves it out.
   *
   * @return whether it is cordoned
   */
  public boolean cordoned() {
    synchronized (state.world) {
      return state.cordoned;
    }
  }

  /**
   * Returns its config as it was last sent, fields that Fly does not know included.
   *
   * @return JSON
   */
  public String configJson() {
    synchronized (state.world) {
      state.world.settle();
      return Json.write(state.current.config());
    }
  }

  /**
   * Returns how much memory its config gives it.
   *
   * @return megabytes
   */
  public long memoryMb() {
    synchronized (state.world) {
      state.world.settle();
      return Guests.memoryMb(state.current.config());
    }
  }

  /**
   * Returns which secrets its process was started with.
   *
   * @return name to digest
   */
  public Map<String, String> secrets() {
    synchronized (state.world) {
      state.world.settle();
      return state.app.secrets.digests(state.secretsVersion);
    }
  }

  /**
   * Returns whether somebody holds a lease on it.
   *
   * @return whether it is leased now
   */
  public boolean leased() {
    synchronized (state.world) {
      return state.lease.now() != null;
    }
  }

  /**
   * Lets somebody else take a lease.
   *
   * @param owner such as {@code alice@example.com}
   * @param ttl how long
   * @param description why
   * @return the nonce
   * @throws IllegalStateException if it is leased already
   */
  public String leaseTo(String owner, Duration ttl, String description) {
    synchronized (state.world) {
      if (state.lease.now() != null) {
        throw new IllegalStateException("machine " + id() + " is leased already");
      }
      return state.lease.take(null, ttl, owner, description).nonce();
    }
  }

  /** Ends whatever lease is on it, as if its time were over. */
  public void endLease() {
    synchronized (state.world) {
      var lease = state.lease.now();
      if (lease != null) {
        state.lease.release(lease.nonce());
      }
    }
  }

  /**
   * Ends its process, and leaves the rest to its restart policy.
   *
   * @param exitCode such as 1, or 137
   * @param oomKilled whether the kernel killed it for memory
   * @throws IllegalStateException if it is not running
   */
  public void exit(int exitCode, boolean oomKilled) {
    synchronized (state.world) {
      state.world.settle();
      if (!state.running()) {
        throw new IllegalStateException("machine " + id() + " is " + state.state);
      }
      state.exit(exitCode, oomKilled);
    }
  }

  /**
   * Gives its processors work, from now on and after every boot. A shared cpu gets all that it
   * wants while its balance lasts; then it is throttled to its baseline.
   *
   * @param cores how many cores it wants, 0 for none
   */
  public void busy(double cores) {
    synchronized (state.world) {
      state.load = new Load(cores, state.load.leakPerMinute(), false);
      busy();
    }
  }

  /** Takes away what balance its shared cpus have: if it is busy, it is throttled at once. */
  public void exhaust() {
    synchronized (state.world) {
      state.load = new Load(state.load.cores(), state.load.leakPerMinute(), true);
      busy();
    }
  }

  private void busy() {
    state.world.settle();
    if (state.running()) {
      PlatformSeries.cpu(state.world.metrics, state, state.world.now());
    }
  }

  /**
   * Lets its process lose memory, from now on and after every boot, which begins anew. When none is
   * left it goes on: {@link #exit} is the kernel's part.
   *
   * @param bytesPerMinute how much, 0 for none
   */
  public void leak(double bytesPerMinute) {
    synchronized (state.world) {
      state.world.settle();
      state.load = new Load(state.load.cores(), bytesPerMinute, state.load.exhausted());
      if (state.running()) {
        PlatformSeries.leak(state.world.metrics, state, state.world.now());
      }
    }
  }

  /** Stops it as the proxy does when there is no traffic: no incident. */
  public void autostop() {
    synchronized (state.world) {
      state.world.settle();
      state.stop("proxy");
    }
  }

  /** Destroys it, as somebody who scales in does. */
  public void destroy() {
    synchronized (state.world) {
      state.world.settle();
      state.destroy();
    }
  }

  /** Starts it as the proxy does when traffic comes. */
  public void autostart() {
    synchronized (state.world) {
      state.world.settle();
      if (state.state.equals("stopped") || state.state.equals("suspended")) {
        state.start("proxy");
      }
    }
  }

  /**
   * Sets what Fly says of its host.
   *
   * @param status {@code ok}, {@code unknown} or {@code unreachable}; while it is not {@code ok}
   *     the machine shows an {@code incomplete_config}
   */
  public void hostStatus(String status) {
    synchronized (state.world) {
      state.hostStatus = status;
    }
  }

  /**
   * Limits the memory that its host has left: an update that needs more is refused with 409.
   *
   * @param megabytes how much more than now it can get
   */
  public void hostRoom(long megabytes) {
    synchronized (state.world) {
      state.hostRoomMb = megabytes;
    }
  }

  @Override
  public String toString() {
    return app() + '/' + id() + ' ' + state() + ' ' + region();
  }
}
