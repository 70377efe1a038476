package com.hotdash.ops.platform;

import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words in which steps on secrets are written. One step stores or removes all secrets of a
 * change in one call, so that they are one version; machines take them by {@link
 * MachineSteps#ROLL_OUT}, and a control that has stored some in the same execution has each of them
 * wait for that version. No step holds a value: it names the place in a {@link
 * com.hotdash.ops.secret.SecretSource} where the value is.
 */
public final class SecretSteps {
  /** Stores and removes secrets, all in one call. Machines that run keep what they have. */
  public static final String SET = "secrets.set";

  /** The kind of some secrets as a target. */
  public static final String SECRETS = "platform.secrets";

  /**
   * The field of what {@link #SET} left with the version of all secrets that holds them, for
   * machines to wait for; left out where the platform did not tell it.
   */
  public static final String STORED = "stored-version";

  /** The digest of a secret that is not there. */
  public static final String NONE = "none";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
  private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_./-]{1,200}");
  private static final String FROM = "<";
  private static final String AND = ",";

  private SecretSteps() {}

  /**
   * Makes the step that stores and removes secrets, and the one that takes it back if that can be.
   *
   * @param places by the secret's name, where its new value is; an empty text removes it
   * @param now the secrets that are there
   * @param oldPlaces by the secret's name, where its present value is kept
   * @return the step; without an undo if a value would be lost
   * @throws IllegalArgumentException if a name or place is not one
   */
  public static Step set(
      Map<String, String> places, Collection<SecretDigest> now, Map<String, String> oldPlaces) {
    var before = digests(places.keySet(), now);
    var after = wanted(places);
    var step = new Step(SET, target(places), before, before, after, null);
    var back = back(places, before, oldPlaces);
    return back == null
        ? step
        : new Step(
            SET,
            step.target(),
            before,
            before,
            after,
            new Step(SET, target(back), Map.of(), after, wanted(back), null));
  }

  private static @Nullable Map<String, String> back(
      Map<String, String> places, Map<String, String> before, Map<String, String> oldPlaces) {
    var back = new TreeMap<String, String>();
    for (var name : places.keySet()) {
      var old = NONE.equals(before.get(field(name))) ? "" : oldPlaces.get(name);
      if (old == null) {
        return null;
      }
      back.put(name, old);
    }
    return back;
  }

  /**
   * Reads which secrets a target means.
   *
   * @param target of kind {@link #SECRETS}
   * @return by the secret's name, where its new value is; an empty text if it is to be removed
   * @throws IllegalArgumentException if it is another kind of target
   */
  public static Map<String, String> places(Target target) {
    if (!target.kind().equals(SECRETS)) {
      throw new IllegalArgumentException("not secrets: " + target.kind());
    }
    var places = new TreeMap<String, String>();
    for (var each : target.id().split(AND, -1)) {
      int from = each.indexOf(FROM);
      places.put(each.substring(0, from), each.substring(from + 1));
    }
    return places;
  }

  /**
   * Tells the fields of some secrets as a control observes them.
   *
   * @param target of kind {@link #SECRETS}
   * @param now the secrets that are there
   * @return by field, the digest, or {@link #NONE}
   */
  public static Map<String, String> fields(Target target, Collection<SecretDigest> now) {
    return digests(places(target).keySet(), now);
  }

  private static Map<String, String> digests(
      Collection<String> names, Collection<SecretDigest> now) {
    var known =
        now.stream()
            .collect(
                Collectors.toMap(SecretDigest::name, SecretDigest::digest, (first, same) -> first));
    var fields = new TreeMap<String, String>();
    names.forEach(name -> fields.put(field(name), known.getOrDefault(name, NONE)));
    return fields;
  }

  private static Map<String, String> wanted(Map<String, String> places) {
    var fields = new TreeMap<String, String>();
    places.forEach((name, place) -> fields.put(field(name), place.isEmpty() ? NONE : Step.ANOTHER));
    return fields;
  }

  private static Target target(Map<String, String> places) {
    var sorted = new TreeMap<>(places);
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("no secret is named");
    }
    sorted.forEach(SecretSteps::check);
    return new Target(
        SECRETS,
        sorted.entrySet().stream()
            .map(each -> each.getKey() + FROM + each.getValue())
            .collect(Collectors.joining(AND)),
        sorted.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + (each.getValue().isEmpty() ? " removed" : " from " + each.getValue()))
            .collect(Collectors.joining(AND + " ")));
  }

  private static void check(String name, String place) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a secret: \"" + name + "\"");
    }
    if (!place.isEmpty() && !PLACE.matcher(place).matches()) {
      // Not shown: somebody may have typed the value itself.
      throw new IllegalArgumentException(
          "the place of the value of " + name + " is not a name: give its name, never the value");
    }
  }

  /** The name does not stand last: text that says "secret: x" looks like one that tells it. */
  static String field(String name) {
    return name + " digest";
  }
}
