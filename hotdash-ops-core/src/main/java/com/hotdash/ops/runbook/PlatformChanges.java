package com.hotdash.ops.runbook;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.platform.AilmentLimits;
import com.hotdash.ops.platform.BreakLease;
import com.hotdash.ops.platform.ChangeSecrets;
import com.hotdash.ops.platform.Cordon;
import com.hotdash.ops.platform.GuestChange;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.platform.RestartMachines;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.platform.RollBackMachine;
import com.hotdash.ops.platform.ScaleCount;
import com.hotdash.ops.platform.ScaleGuest;
import com.hotdash.ops.platform.SecretChange;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.secret.SecretSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be done about the machines that run the application, and about its secrets. Several
 * incidents share it. Each change goes from machine to machine and stops at the first failure; what
 * was changed stays, and {@code execution.undo()} plans to take it back. Thread-safe.
 */
public final class PlatformChanges {
  private final Engine engine;
  private final @Nullable PlatformReader platform;
  private final SecretSource secrets;
  private final DeploysInFlight deploys;
  private final StagingFirst staging;
  private final AilmentLimits limits;
  private final @Nullable String group;

  PlatformChanges(
      Engine engine,
      @Nullable PlatformReader platform,
      SecretSource secrets,
      DeploysInFlight deploys,
      StagingFirst staging,
      AilmentLimits limits,
      @Nullable String group) {
    this.engine = engine;
    this.platform = platform;
    this.secrets = secrets;
    this.deploys = deploys;
    this.staging = staging;
    this.limits = limits;
    this.group = group;
  }

  static void register(
      PlatformReader platform, SecretSource secrets, AilmentLimits limits, Engine.Builder engine) {
    engine
        .action(new RollBack(platform, limits))
        .action(new RollBackMachine(platform, limits))
        .action(new ScaleGuest(platform, limits))
        .action(new ScaleCount(platform, limits))
        .action(new RestartMachines(platform, limits))
        .action(new ChangeSecrets(platform, secrets))
        .action(new Cordon(platform))
        .action(new BreakLease(platform));
  }

  /**
   * Returns the same, with changes of size and number kept to one process group. An application
   * that has several must name one.
   *
   * @param name the group's name
   * @return the same, narrowed
   */
  public PlatformChanges group(String name) {
    return new PlatformChanges(engine, platform, secrets, deploys, staging, limits, name);
  }

  /**
   * Gives one machine its newest configuration that differs from the present one: image, size,
   * environment and services together.
   *
   * @param machine the machine's id
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution rollBackMachine(String machine) {
    var action = new RollBackMachine(configured(RollBackMachine.ID), limits);
    return deploys.resolution(
        engine, action.id(), deadline -> action.propose(machine, null, deadline));
  }

  /**
   * Gives one machine a configuration that it had.
   *
   * @param machine the machine's id
   * @param version the version that had it
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution rollBackMachine(String machine, String version) {
    var action = new RollBackMachine(configured(RollBackMachine.ID), limits);
    return deploys.resolution(
        engine, action.id(), deadline -> action.propose(machine, version, deadline));
  }

  /**
   * Changes the memory of all machines and keeps their cpus. Less than now is objected to.
   *
   * @param mb memory in MB, at least 1
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution scaleMemory(int mb) {
    return scale(new GuestChange(null, mb));
  }

  /**
   * Changes the cpus of all machines and keeps their memory. Fewer than now are objected to.
   *
   * @param size the name of a size, such as {@code shared-cpu-4x}
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution scaleVm(String size) {
    return scale(new GuestChange(size, null));
  }

  /**
   * Changes cpus and memory of all machines, by one update each. Less than now is objected to.
   *
   * @param size the name of a size, such as {@code shared-cpu-4x}
   * @param mb memory in MB, at least 1
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution scale(String size, int mb) {
    return scale(new GuestChange(size, mb));
  }

  private Resolution scale(GuestChange change) {
    var action = new ScaleGuest(configured(ScaleGuest.ID), limits);
    return deploys.resolution(
        engine, action.id(), deadline -> action.propose(change, group, deadline));
  }

  /**
   * Makes machines as copies of a healthy one, or does away with those that are missed least.
   *
   * @param count how many there shall be, at least 1; fewer than 2 are objected to
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution scaleCount(int count) {
    var action = new ScaleCount(configured(ScaleCount.ID), limits);
    return deploys.resolution(
        engine, action.id(), deadline -> action.propose(count, group, deadline));
  }

  /**
   * Restarts one machine that runs, once, and keeps in the journal what that destroys.
   *
   * @param machine the machine's id
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution restart(String machine) {
    var action = new RestartMachines(configured(RestartMachines.ID), limits);
    return deploys.resolution(engine, action.id(), deadline -> action.propose(machine, deadline));
  }

  /**
   * Restarts all machines that run, one after another.
   *
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution restartAll() {
    var action = new RestartMachines(configured(RestartMachines.ID), limits);
    return deploys.resolution(engine, action.id(), action::proposeAll);
  }

  /**
   * Stores one secret and has all machines take it.
   *
   * @param name the secret's name
   * @param place where its new value is, such as the name of a variable; never the value
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution setSecret(String name, String place) {
    return changeSecrets(SecretChange.set(Map.of(name, place)));
  }

  /**
   * Has all machines take the secrets that are staged.
   *
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution deploySecrets() {
    return changeSecrets(SecretChange.deploy());
  }

  /**
   * Stores and removes secrets, in one version and one roll-out. Objected to where a staging is
   * configured that has not been through the same within 7 days; {@code despite("not-on-staging",
   * …)} overrides that. A former value, from the place {@code OLD_} and the name or one that an
   * earlier change used, needs no staging; it is objected to as {@code exposed} where the journal
   * says that the former value leaked.
   *
   * @param change such as {@code SecretChange.set(Map.of("A", "NEW_A", "B", "NEW_B"))}
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution changeSecrets(SecretChange change) {
    var reader = configured(ChangeSecrets.ID);
    var action = new ChangeSecrets(reader, secrets);
    var back = new PutBack(engine, secrets, reader.identity().identity());
    return deploys.resolution(
        engine,
        action.id(),
        deadline -> {
          var former = back.former(change);
          var proposed = action.propose(back.undoable(change, former), deadline);
          return staging
              .guard(PutBack.rest(change, former), proposed, deadline)
              .map(each -> PutBack.guarded(each, former));
        });
  }

  /**
   * Takes a machine out of rotation and leaves it running, to be looked at.
   *
   * @param machine the machine's id
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution cordon(String machine) {
    return cordon(machine, true);
  }

  /**
   * Puts a machine into rotation again.
   *
   * @param machine the machine's id
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution uncordon(String machine) {
    return cordon(machine, false);
  }

  private Resolution cordon(String machine, boolean out) {
    var action = new Cordon(configured(Cordon.ID));
    return deploys.resolution(
        engine, action.id(), deadline -> action.propose(machine, out, deadline));
  }

  /**
   * Ends the lease that somebody else holds on a machine, such as one that a tool left behind when
   * it died. If it has passed to somebody else since the plan, nothing is done.
   *
   * @param machine the machine's id
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution breakLease(String machine) {
    var action = new BreakLease(configured(BreakLease.ID));
    return deploys.resolution(engine, action.id(), deadline -> action.propose(machine, deadline));
  }

  private PlatformReader configured(String action) {
    if (platform == null) {
      throw new ConfigurationException(
          Fault.of("runbook", action, "no platform is configured")
              .withNextStep(PlatformLook.NEEDED));
    }
    return platform;
  }

  @Override
  public String toString() {
    return "Platform: restart(machine), restartAll(), rollBackMachine(machine), scaleMemory(mb),"
        + " scaleVm(size),\n  scale(size, mb), scaleCount(n), cordon(machine), uncordon(machine),"
        + " setSecret(name, place),\n  deploySecrets(), changeSecrets(SecretChange.set(…)),"
        + " breakLease(machine),\n  group(name)";
  }
}
