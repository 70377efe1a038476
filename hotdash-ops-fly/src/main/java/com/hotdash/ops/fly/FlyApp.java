package com.hotdash.ops.fly;

import com.hotdash.ops.app.Instances;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.Platform;
import com.hotdash.ops.platform.RollbackTarget;
import com.hotdash.ops.runbook.AccessReport;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One app, and what can be done with it. Making one asks nothing. Immutable and thread-safe.
 *
 * <p>Changes go over the app's machines one after another: each is leased, changed on the condition
 * that it is what was read, watched until the new version runs and its checks are no worse than
 * before. The first failure ends the change; what was changed stays. Machines that do not run are
 * changed and stay as they are. A change throws only before its first write; after that its result
 * tells, machine by machine. None makes a release record, and the next {@code fly deploy} puts back
 * what {@code fly.toml} says.
 */
public final class FlyApp {
  private static final int LOG_PAGES = 50;
  private static final Duration LOG_LIMIT = Duration.ofSeconds(60);

  private final AppCalls calls;
  private final FlyThreads threads;
  private final @Nullable String org;
  private final @Nullable String group;

  FlyApp(AppCalls calls, FlyThreads threads, @Nullable String org, @Nullable String group) {
    this.calls = calls;
    this.threads = threads;
    this.org = org;
    this.group = group;
  }

  /**
   * Returns the same app with all its calls under one deadline, beside their own limits.
   *
   * @param deadline when all must have ended
   * @return the same app, bounded
   */
  public FlyApp by(Deadline deadline) {
    return new FlyApp(calls.by(deadline), threads, org, group);
  }

  /**
   * Returns the same app with its changes kept to one process group.
   *
   * @param name the group's name, such as {@code app}
   * @return the same app, narrowed
   */
  public FlyApp group(String name) {
    return new FlyApp(calls, threads, org, name);
  }

  /**
   * Returns the app's name.
   *
   * @return the name
   */
  public String name() {
    return calls.app();
  }

  /**
   * Returns this app as the platform of a runbook: what it sees never throws, and what it changes
   * is planned, approved, journalled and verified by the runbook's engine. The deadline of {@link
   * #by} and the group of {@link #group} do not matter to it.
   *
   * @return the port; stays this client's
   */
  public Platform platform() {
    return new FlyPort(calls, org);
  }

  /**
   * Looks at app, machines, releases, secrets, hosts and Fly's own incidents, side by side, within
   * 12 s. What cannot be read costs its own part.
   *
   * @return what was seen; never fails
   */
  public FlyStatus status() {
    return new StatusLook(calls, threads).look();
  }

  /**
   * Returns the machines that answer requests, so that the application can be asked machine by
   * machine instead of through its front door.
   *
   * @return who lists them, one call each time
   */
  public Instances instances() {
    return new FlyInstances(calls);
  }

  /**
   * Tries what the tokens are good for, within 30 s. Changes nothing, so it cannot tell whether
   * they may change: that stands among the unknown.
   *
   * @return what works, what does not, what could not be looked at, and which command makes a token
   *     that does; never fails
   */
  public AccessReport checkAccess() {
    return new FlyAccess(calls, org).check();
  }

  /**
   * Returns the app's machines.
   *
   * @return what they are, and single acts on them
   */
  public FlyMachines machines() {
    return new FlyMachines(calls);
  }

  /**
   * Lists releases.
   *
   * @return the newest 50, newest first
   */
  public List<Release> releases() {
    return FlyReleases.list(calls, FlyReleases.MOST, calls.limit(AppCalls.READ));
  }

  /**
   * Finds the release to go back to: the newest one older than what is left that was completed,
   * with another image by digest, which still exists.
   *
   * @return the release, or none and why
   * @throws FlyRefusedException if whether its image exists could not be looked up
   */
  public RollbackTarget previousGoodRelease() {
    var limit = calls.limit(Duration.ofSeconds(30));
    var releases = FlyReleases.pinned(calls, limit).stream().map(PortRecords::release).toList();
    var machines = PortRecords.machines(new FlyMachines(calls).list(Map.of(), limit));
    return RollbackTarget.choose(releases, machines, image -> exists(image, limit));
  }

  private boolean exists(Image image, Deadline limit) {
    return switch (ImageLook.at(calls, PortRecords.imageRef(image), limit).presence()) {
      case PRESENT -> true;
      case GONE -> false;
      // One that may be gone is not passed over in silence: an older release is a worse cure.
      case UNKNOWN ->
          throw new FlyRefusedException(
              Fault.of("fly", "image.get", "whether " + image + " exists could not be looked up")
                  .asRetryable(null)
                  .withNextStep("try again: a deploy would need it too"),
              0,
              "",
              null);
    };
  }

  /**
   * Looks whether an image still exists.
   *
   * @param reference the image
   * @return whether, and with which digest
   * @throws IllegalArgumentException if it is no reference of an image
   */
  public ImageLook image(String reference) {
    return ImageLook.at(calls, ImageRef.parse(reference), calls.limit(AppCalls.READ));
  }

  /**
   * Puts an image on all machines. Changes nothing else: not config, not secrets, not the
   * database's schema; runs no release command. The image is looked up first, and pinned by digest.
   *
   * @param reference the image, such as {@link Image#identity} of the target's image
   * @return what became of each machine
   * @throws IllegalArgumentException if it is no reference of an image
   * @throws FlyNotFoundException if the image does not exist any more
   * @throws FlyRefusedException if whether it exists could not be looked up
   */
  public FlyRollout deployImage(String reference) {
    var image = PinnedImage.of(image(reference));
    return fleet().update("deploy " + image.brief(), machine -> Wanted.image(image));
  }

  /**
   * Changes the memory of all machines of one process group, and keeps their cpus.
   *
   * @param memoryMb memory in MB: 256 to 2,048 for each shared cpu in steps of 256, 2,048 to 8,192
   *     for each performance cpu in steps of 1,024
   * @return what became of each machine
   * @throws IllegalArgumentException if it does not fit their cpus; nothing was changed
   */
  public FlyRollout scaleMemory(int memoryMb) {
    return scale("scale memory to " + memoryMb + " MB", now -> now.withMemory(memoryMb));
  }

  /**
   * Changes the cpus of all machines of one process group, and keeps their memory: {@code fly scale
   * vm} would set it to the size's default.
   *
   * @param size such as {@code shared-cpu-4x}
   * @return what became of each machine
   * @throws IllegalArgumentException if there is no such size, or the memory they have does not fit
   *     it; nothing was changed
   */
  public FlyRollout scaleVm(String size) {
    return scale("scale to " + size, now -> Guest.of(size, now.memoryMb()));
  }

  /**
   * Changes cpus and memory of all machines of one process group, in one restart.
   *
   * @param guest the size
   * @return what became of each machine
   * @throws IllegalArgumentException if Fly does not have the size; nothing was changed
   */
  public FlyRollout scale(Guest guest) {
    return scale("scale to " + guest, now -> guest);
  }

  private FlyRollout scale(String what, UnaryOperator<Guest> change) {
    var machines = fleet().oneGroup();
    // All of them before the first write: a fleet of two sizes is no place to find out.
    machines.forEach(machine -> target(machine, change));
    return fleet().update(what, machines, machine -> Wanted.guest(target(machine, change)));
  }

  private Guest target(Machine machine, UnaryOperator<Guest> change) {
    var now =
        machine
            .guest()
            .orElseThrow(
                () ->
                    fleet()
                        .refused(
                            "has machine " + machine.id() + " whose size Fly does not say",
                            "look at it: app.machines().get(\"" + machine.id() + "\")"));
    return change.apply(now).checked();
  }

  /**
   * Makes machines, as copies of a healthy one, or takes some away, those that do not run first,
   * until one process group has this many.
   *
   * @param count at least 1
   * @return what became of each machine that was made or taken away; all of them, unchanged, if
   *     there were as many
   * @throws IllegalArgumentException if {@code count} is less than 1
   * @throws FlyPreconditionException if there is none to copy, or machines have volumes
   */
  public FlyRollout scaleCount(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("an app keeps at least one machine, not " + count);
    }
    return new MachineCount(calls, fleet()).to(count);
  }

  /**
   * Restarts one machine that runs, and waits until it is well again.
   *
   * @param machineId the machine
   * @return what became of it
   * @throws FlyPreconditionException if it does not run: a restart would start it
   * @throws FlyUpdateFailedException if it did not come back
   */
  public MachineChange restart(String machineId) {
    return new MachineRestart(calls).restart(machineId);
  }

  /**
   * Puts one machine back to one of its earlier versions: image, env, size and services together.
   *
   * @param machineId the machine
   * @param version one of {@link FlyMachines#versions}
   * @return what became of it
   * @throws FlyNotFoundException if Fly does not have that version any more
   */
  public MachineChange putBack(String machineId, String version) {
    var earlier =
        machines().versions(machineId).stream()
            .filter(one -> one.version().equals(version) && !one.config().isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    new FlyNotFoundException(
                        MachineUpdater.fault(machineId, "has no version " + version + " any more"),
                        0,
                        "",
                        null));
    var wanted = Wanted.config(earlier.config());
    return new MachineUpdater(calls).update(machines().get(machineId), wanted);
  }

  /**
   * Returns the app's secrets.
   *
   * @return names, and changes
   */
  public FlySecrets secrets() {
    return new FlySecrets(calls, fleet());
  }

  /**
   * Returns the app's metrics.
   *
   * @return ready questions and free queries
   */
  public FlyMetrics metrics() {
    return new FlyMetrics(calls, org);
  }

  /**
   * Asks the metrics about now.
   *
   * @param promql a query
   * @return value, zero or no data
   */
  public MetricAnswer metrics(String promql) {
    return metrics().query(promql);
  }

  /**
   * Reads the log of the last while, at most 50 pages of about 100 lines and 60 s.
   *
   * @param last how far back, more than zero; Fly keeps about 7 days
   * @return the entries, and how much of the span they cover
   * @throws IllegalArgumentException if {@code last} is zero or negative
   */
  public FlyLogs logs(Duration last) {
    var now = calls.time().now();
    return logs(now.minus(last), now, LOG_PAGES, null);
  }

  /**
   * Reads the log of a span.
   *
   * @param since its beginning
   * @param until its end
   * @param mostPages how many pages of about 100 lines to read at most, more than zero
   * @param machineId the machine it is about, or {@code null} for all
   * @return the entries, and how much of the span they cover
   * @throws IllegalArgumentException if the span is empty or there is no page
   */
  public FlyLogs logs(Instant since, Instant until, int mostPages, @Nullable String machineId) {
    if (!since.isBefore(until) || mostPages < 1) {
      throw new IllegalArgumentException("a span has a length, and at least one page is read");
    }
    return new LogReader(calls, machineId, since)
        .window(since, until, mostPages, calls.limit(LOG_LIMIT));
  }

  /**
   * Hands on log entries as they come, from now until the time is up or the thread is interrupted.
   *
   * @param length how long, more than zero
   * @param consumer takes each entry, once, on this thread
   * @throws IllegalArgumentException if {@code length} is zero or negative
   */
  public void follow(Duration length, Consumer<FlyLogEntry> consumer) {
    new LogReader(calls, null, calls.time().now()).follow(calls.limit(length), consumer);
  }

  /**
   * Asks for trouble with the hosts that the app's machines sit on.
   *
   * @return the issues; none is the normal answer
   */
  public List<HostIssue> hostIssues() {
    return HostIssue.of(calls, calls.limit(AppCalls.READ));
  }

  private Fleet fleet() {
    return new Fleet(calls, group);
  }

  @Override
  public String toString() {
    return "FlyApp[" + calls.app() + "]";
  }
}
