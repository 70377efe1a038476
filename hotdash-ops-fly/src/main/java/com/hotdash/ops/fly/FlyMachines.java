package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The machines of one app: what they are, and the single acts on one of them. Each act takes the
 * machine's lease, and gives it back; a foreign lease is told by {@link FlyLeaseHeldException} with
 * holder and end. Thread-safe. Rights needed: any token of the app to read, a deploy token to
 * change.
 */
public final class FlyMachines {
  private static final String STOP = "machine.stop";
  private static final Duration ACT = Duration.ofSeconds(60);
  // Under a foreign lease a stop neither fails nor goes on until that ends.
  static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final AppCalls calls;

  FlyMachines(AppCalls calls) {
    this.calls = calls;
  }

  /**
   * Lists all machines, in one call.
   *
   * @return the machines, those of reserved process groups and foreign ones too
   */
  public List<Machine> list() {
    return list(Map.of(), calls.limit(AppCalls.READ));
  }

  List<Machine> list(Map<String, String> filters, Deadline limit) {
    var request = HttpRequest.get("machine.list", calls.machinePath());
    filters.forEach(request::param);
    return calls.list("machine.list", calls.app(), request, limit).stream()
        .map(fields -> machine(fields, "machine.list"))
        .toList();
  }

  /**
   * Reads one machine.
   *
   * @param id its id
   * @return the machine
   * @throws FlyNotFoundException if there is none
   */
  public Machine get(String id) {
    return get(id, calls.limit(AppCalls.READ));
  }

  Machine get(String id, Deadline limit) {
    var request = HttpRequest.get(Limiter.GET_MACHINE, calls.machinePath(id));
    return machine(calls.object(Limiter.GET_MACHINE, id, request, limit), Limiter.GET_MACHINE);
  }

  /** Reads a machine that was just handled: a single "not found" about it is looked at again. */
  Machine getKnown(String id, Deadline limit) {
    try {
      return get(id, limit);
    } catch (FlyNotFoundException e) {
      return get(id, limit);
    }
  }

  Machine machine(Fields fields, String operation) {
    return Machine.from(fields, operation, calls.api().redactor());
  }

  /**
   * Lists what happened to a machine.
   *
   * @param id its id
   * @param limit how many, 1 to 50
   * @return the events, newest first
   * @throws IllegalArgumentException if {@code limit} is out of range
   */
  public List<MachineEvent> events(String id, int limit) {
    if (limit < 1 || limit > 50) {
      throw new IllegalArgumentException("Fly gives 1 to 50 events, not " + limit);
    }
    var request =
        HttpRequest.get("machine.events", calls.machinePath(id, "events"))
            .param("limit", Integer.toString(limit));
    return calls.list("machine.events", id, request, calls.limit(AppCalls.READ)).stream()
        .map(MachineEvent::from)
        .toList();
  }

  /**
   * Lists the earlier versions of a machine with their whole configs.
   *
   * @param id its id
   * @return the versions, newest first; how many Fly keeps it does not say
   */
  public List<MachineVersion> versions(String id) {
    var request = HttpRequest.get("machine.versions", calls.machinePath(id, "versions"));
    return calls.list("machine.versions", id, request, calls.limit(AppCalls.READ)).stream()
        .filter(fields -> fields.has("version"))
        .map(
            fields ->
                new MachineVersion(
                    fields.text("version", ""), MachineConfig.from(fields.object("user_config"))))
        .sorted((a, b) -> b.version().compareTo(a.version()))
        .toList();
  }

  /**
   * Reads the metadata of a machine.
   *
   * @param id its id
   * @return the metadata
   */
  public Map<String, String> metadata(String id) {
    var request = HttpRequest.get("machine.metadata", calls.machinePath(id, "metadata"));
    var fields = calls.object("machine.metadata", id, request, calls.limit(AppCalls.READ));
    return new Fields(Map.of("all", fields.map())).texts("all");
  }

  /**
   * Sets one key of a machine's metadata. Makes no new version and restarts nothing.
   *
   * @param id its id
   * @param key the key
   * @param value the value; empty removes the key
   */
  public void setMetadata(String id, String key, String value) {
    var request =
        HttpRequest.post("machine.metadata.set", calls.machinePath(id, "metadata", key))
            .json(Map.of("value", value))
            .idempotent();
    calls.change("machine.metadata.set", id, request, null, calls.limit(AppCalls.READ));
  }

  /**
   * Waits until a machine is in one of some states.
   *
   * @param id its id
   * @param version the version that is to get there, or {@code null} for whichever is current
   * @param within how long to wait at most; any length, asked in long polls of up to 60 s
   * @param states the states; none means any that is not transient
   * @return whether one of them was reached in time
   * @throws FlyNotFoundException if the machine is gone
   */
  public boolean await(
      String id, @Nullable String version, Duration within, MachineState... states) {
    var waiter = new MachineWait(calls, id, version, Arrays.asList(states));
    return waiter.await(calls.limit(within), () -> {});
  }

  /**
   * Starts a machine and waits until it is started. Starting a started one changes nothing.
   *
   * @param id its id
   * @return the machine afterwards
   * @throws FlyPreconditionException if it cannot be started from its state
   */
  public Machine start(String id) {
    return leased(id, Duration.ZERO, this::start);
  }

  /**
   * Starts a machine under a lease that is held already.
   *
   * @param lease the machine's lease
   * @return the machine afterwards
   */
  public Machine start(Lease lease) {
    var id = lease.machineId();
    var request = HttpRequest.post("machine.start", calls.machinePath(id, "start"));
    return act(lease, "machine.start", request, MachineState.STARTED);
  }

  /**
   * Stops a machine and waits until it is stopped.
   *
   * @param id its id
   * @return the machine afterwards
   */
  public Machine stop(String id) {
    return leased(id, STOP_LIMIT, this::stop);
  }

  /**
   * Stops a machine under a lease that is held already.
   *
   * @param lease the machine's lease
   * @return the machine afterwards
   */
  public Machine stop(Lease lease) {
    var request =
        HttpRequest.post(STOP, calls.machinePath(lease.machineId(), "stop"))
            .json(Map.of())
            .callTimeout(STOP_LIMIT)
            .idempotent();
    return act(lease, STOP, request, MachineState.STOPPED);
  }

  /**
   * Puts a machine to sleep with its memory kept, and waits until it is. Meant for up to 2 GB
   * without swap.
   *
   * @param id its id
   * @return the machine afterwards
   */
  public Machine suspend(String id) {
    return leased(id, Duration.ZERO, this::suspend);
  }

  /**
   * Puts a machine to sleep under a lease that is held already.
   *
   * @param lease the machine's lease
   * @return the machine afterwards
   */
  public Machine suspend(Lease lease) {
    var id = lease.machineId();
    var request = HttpRequest.post("machine.suspend", calls.machinePath(id, "suspend"));
    return act(lease, "machine.suspend", request, MachineState.SUSPENDED);
  }

  private Machine leased(String id, Duration longest, Function<Lease, Machine> act) {
    try (var lease = Lease.acquire(calls, id, calls.limit(ACT), longest)) {
      return act.apply(lease);
    }
  }

  private Machine act(Lease lease, String operation, HttpRequest.Builder request, MachineState to) {
    var limit = calls.limit(ACT);
    var before = get(lease.machineId(), limit);
    if (before.state().equals(to)) {
      return before;
    }
    var leased = AppCalls.leased(request, lease.nonce());
    lease.cover(operation.equals(STOP) ? STOP_LIMIT : Duration.ZERO);
    MachineActs.once(calls, before, operation, leased, limit, to);
    try {
      new MachineWait(calls, before.id(), before.instanceId(), List.of(to))
          .awaitLeased(limit, lease::refreshIfDue);
      var after = getKnown(before.id(), calls.time().deadline(AppCalls.READ));
      MachineActs.requireReached(before, after, to, operation);
      return after;
    } catch (FlyPreconditionException e) {
      throw e;
    } catch (OpsException e) {
      throw FlyErrors.afterWrite(e, before.id());
    }
  }

  /**
   * Takes a machine out of the proxy's load balancing without stopping it: the way to keep a sick
   * one for a closer look.
   *
   * @param id its id
   */
  public void cordon(String id) {
    cordon(id, true);
  }

  /**
   * Puts a machine back into the proxy's load balancing.
   *
   * @param id its id
   */
  public void uncordon(String id) {
    cordon(id, false);
  }

  private void cordon(String id, boolean out) {
    try (var lease = Lease.acquire(calls, id, calls.limit(ACT))) {
      cordon(lease, out);
    }
  }

  void cordon(Lease lease, boolean out) {
    var id = lease.machineId();
    var verb = out ? "cordon" : "uncordon";
    var operation = "machine." + verb;
    var request = HttpRequest.post(operation, calls.machinePath(id, verb)).idempotent();
    calls.change(operation, id, request, lease.nonce(), calls.limit(ACT));
  }

  /**
   * Runs a command inside a machine. What it does there is the caller's business: it is not
   * repeated, whatever happens to the answer.
   *
   * @param id its id
   * @param limit how long it may run, 1 to 60 s
   * @param command the command and its arguments
   * @return what it said
   * @throws IllegalArgumentException if {@code limit} is out of range or the command is empty
   */
  public ExecResult exec(String id, Duration limit, String... command) {
    if (limit.toSeconds() < 1 || limit.toSeconds() > 60 || command.length == 0) {
      throw new IllegalArgumentException("a command runs 1 to 60 s, and is not empty");
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("command", List.of(command));
    body.put("timeout", limit.toSeconds());
    var whole = limit.plusSeconds(10);
    var request =
        HttpRequest.post("machine.exec", calls.machinePath(id, "exec"))
            .json(body)
            .callTimeout(whole);
    var result = calls.object("machine.exec", id, request, calls.limit(whole));
    var redactor = calls.api().redactor();
    return new ExecResult(
        result.integer("exit_code", 0),
        redactor.redact(result.text("stdout", "")),
        redactor.redact(result.text("stderr", "")));
  }

  /**
   * Takes the lease of a machine, for several acts in a row: give it to those. An act by the
   * machine's id takes a lease itself, and is refused while this one is held.
   *
   * @param id the machine's id
   * @return the lease; close it
   * @throws FlyLeaseHeldException if somebody else holds it
   */
  public Lease lease(String id) {
    return Lease.acquire(calls, id, calls.limit(AppCalls.READ));
  }

  /**
   * Looks who holds the lease of a machine.
   *
   * @param id the machine's id
   * @return the holder with what they said about it and when it ends, or empty if nobody does
   */
  public Optional<String> leaseHolder(String id) {
    var held = Lease.look(calls, id, calls.limit(AppCalls.READ));
    return held == null ? Optional.empty() : Optional.of(MachineActs.holder(held, calls));
  }
}
