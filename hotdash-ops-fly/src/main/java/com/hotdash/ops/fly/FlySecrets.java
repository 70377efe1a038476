package com.hotdash.ops.fly;

import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of an app. Values go in as {@link Secret} and never come out. Thread-safe. Rights
 * needed: a deploy token.
 *
 * <p>Staged values wait for a rollout; machines that start meanwhile, by auto-start for instance,
 * may boot with them already, beside others with the old ones.
 */
public final class FlySecrets {
  private final AppCalls calls;
  private final Fleet fleet;

  FlySecrets(AppCalls calls, Fleet fleet) {
    this.calls = calls;
    this.fleet = fleet;
  }

  /**
   * Lists the secrets by name.
   *
   * @return the secrets, staged ones included
   */
  public List<SecretName> names() {
    return names(calls.limit(AppCalls.READ));
  }

  List<SecretName> names(Deadline limit) {
    var request = HttpRequest.get("secret.list", calls.appPath("secrets"));
    var answer = calls.object("secret.list", calls.app(), request, limit);
    if (!answer.map().containsKey("secrets")) {
      throw FlyProtocolException.without("secret.list", "secrets");
    }
    return answer.objects("secrets").stream().map(SecretName::from).toList();
  }

  /**
   * Tells how far each secret has come: deployed, staged or partial, and which machines are behind.
   * Two calls. An update takes what is stored, so a machine counts as having a value if its version
   * is younger than that; one that was only started since counts as unknown, since Fly does not
   * settle what a start takes. What a process really holds nobody can read.
   *
   * @return the secrets, each with its spread over the machines that Fly Launch manages
   */
  public List<SecretDigest> states() {
    var limit = calls.limit(AppCalls.READ);
    var names = names(limit);
    var taken =
        new SecretsTaken(
            new FlyMachines(calls)
                .list(Map.of(), limit).stream().filter(Machine::managed).toList());
    return names.stream().map(taken::of).toList();
  }

  /**
   * Returns which of some names are not set.
   *
   * @param required the names that the app needs
   * @return those that are missing, sorted; a name that is there may still be staged only
   */
  public List<String> missing(Collection<String> required) {
    var there = names().stream().map(SecretName::name).collect(Collectors.toSet());
    return required.stream().filter(name -> !there.contains(name)).sorted().distinct().toList();
  }

  /**
   * Stores values without rolling them out.
   *
   * @param values by name, at least one; all in one call
   * @return the version of the app's secrets that holds them
   * @throws IllegalArgumentException if there is none, or a name is not one
   */
  public long stage(Map<String, Secret> values) {
    checked(values.keySet());
    var body = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((name, value) -> body.put(name, value.reveal()));
    return store(body, Redactor.of(values.values()));
  }

  /**
   * Stores values, and rolls all of them out at once: one restart of each running machine, one
   * after another, none for stopped ones. No further restart is needed. Once the values are stored
   * it throws nothing: where the rollout ends early, {@link #deploy} goes on.
   *
   * @param values by name, at least one
   * @return what became of each machine
   * @throws IllegalArgumentException if there is none, or a name is not one
   */
  public FlyRollout set(Map<String, Secret> values) {
    checked(values.keySet());
    // Before storing: what cannot be rolled out is better not begun.
    var machines = fleet.machines();
    long version = stage(values);
    return rollOut("set " + new TreeSet<>(values.keySet()), machines, version, true);
  }

  /**
   * Rolls out what is staged. What this client stored itself is waited for: no machine boots before
   * it sees that. What another one stored may still be on its way to the hosts, and a machine that
   * boots too early has the former values: then use {@link #deploy(long)}.
   *
   * @return what became of each machine
   */
  public FlyRollout deploy() {
    var version = calls.api().secretVersions().newest(calls.app());
    return rollOut("deploy staged secrets", fleet.machines(), version, false);
  }

  /**
   * Rolls out what is staged, and lets no machine boot before it sees a version of the secrets.
   *
   * @param version what {@link #stage} returned, or a later one
   * @return what became of each machine
   */
  public FlyRollout deploy(long version) {
    return rollOut("deploy secrets of version " + version, fleet.machines(), version, false);
  }

  /**
   * Removes secrets, and rolls that out.
   *
   * @param names the names, at least one
   * @return what became of each machine
   * @throws IllegalArgumentException if there is none, or a name is not one
   */
  public FlyRollout unset(String... names) {
    checked(List.of(names));
    var body = new LinkedHashMap<String, @Nullable Object>();
    for (var name : names) {
      body.put(name, null);
    }
    var machines = fleet.machines();
    long version = store(body, Redactor.SHAPES);
    return rollOut("unset " + new TreeSet<>(body.keySet()), machines, version, true);
  }

  long store(Map<String, @Nullable Object> values, Redactor carried) {
    return stored(values, carried).version();
  }

  /**
   * What Fly says that it stored.
   *
   * @param version of all secrets of the app
   * @param all the secrets as they are in that version; empty if Fly does not tell
   */
  record Stored(long version, List<SecretName> all) {}

  Stored stored(Map<String, @Nullable Object> values, Redactor carried) {
    var request =
        HttpRequest.post("secret.set", calls.appPath("secrets")).json(Map.of("values", values));
    var call = FlyApi.machines("secret.set", calls.app(), request).carrying(carried);
    var answer = calls.api().object(call, calls.limit(AppCalls.READ));
    var version = answer.number("version");
    version = version == null ? answer.number("Version") : version;
    if (version == null) {
      throw new FlyProtocolException(
          FlyApi.fault(call, "were stored, and the answer has no version")
              .withNextStep("app.secrets().deploy() rolls them out"),
          200,
          "",
          null);
    }
    calls.api().secretVersions().stored(calls.app(), version);
    return new Stored(version, answer.objects("secrets").stream().map(SecretName::from).toList());
  }

  private FlyRollout rollOut(
      String what, List<Machine> machines, @Nullable Long version, boolean stored) {
    return fleet.update(what, machines, machine -> Wanted.secrets(version), stored);
  }

  private static void checked(Collection<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no secret is named");
    }
    for (var name : names) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,254}")) {
        throw new IllegalArgumentException("not the name of a secret: \"" + name + "\"");
      }
    }
  }
}
