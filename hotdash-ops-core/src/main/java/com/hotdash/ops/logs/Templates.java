package com.hotdash.ops.logs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Joins groups without frames whose templates differ in one word only, when that word takes several
 * values: Drain's idea, on all templates at once instead of in the order of arrival.
 */
final class Templates {
  /**
   * With fewer values than this, the words are different errors rather than one with a variable.
   */
  private static final int VARIANTS = 4;

  private static final int MOST_TOKENS = 60;
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern FIXED =
      Pattern.compile(".*\\d.*|E[A-Z_]{3,}\\W?|.*(?:Error|Exception)\\W?");

  private Templates() {}

  static List<Group> merge(Collection<Group> groups) {
    var result = new ArrayList<Group>();
    List<Group> open = new ArrayList<>();
    for (var group : groups) {
      boolean plain = group.identity().frames().isEmpty() && group.identity().explicit() == null;
      (plain ? open : result).add(group);
    }
    for (int pass = 0; pass < 3; pass++) {
      var joined = pass(open);
      if (joined.size() == open.size()) {
        break;
      }
      open = joined;
    }
    result.addAll(open);
    return result;
  }

  private static List<Group> pass(List<Group> groups) {
    var slots = new TreeMap<String, TreeSet<String>>();
    for (var group : groups) {
      for (var key : keys(group.identity())) {
        slots.computeIfAbsent(key, k -> new TreeSet<>()).add(group.identity().template());
      }
    }
    var joined = new TreeMap<String, Group>();
    for (var group : groups) {
      var best =
          keys(group.identity()).stream()
              .filter(key -> slots.getOrDefault(key, new TreeSet<>()).size() >= VARIANTS)
              .min(
                  Comparator.<String>comparingInt(
                          key -> -slots.getOrDefault(key, new TreeSet<>()).size())
                      .thenComparing(Comparator.naturalOrder()));
      var identity =
          best.map(
                  key ->
                      group.identity().withTemplate(key.substring(key.lastIndexOf('\u001f') + 1)))
              .orElse(group.identity());
      var into = joined.computeIfAbsent(identity.fingerprint(), f -> new Group(identity));
      into.spread().merge(group.spread());
    }
    return new ArrayList<>(joined.values());
  }

  private static List<String> keys(Identity identity) {
    var tokens = SPACE.split(identity.template(), MOST_TOKENS + 1);
    if (tokens.length < 3 || tokens.length > MOST_TOKENS) {
      return List.of();
    }
    var keys = new ArrayList<String>();
    var head =
        identity.type() + "\u001f" + identity.code() + "\u001f" + identity.status() + "\u001f";
    for (int i = 0; i < tokens.length; i++) {
      if (!tokens[i].equals("<*>") && !FIXED.matcher(tokens[i]).matches()) {
        var kept = tokens[i];
        tokens[i] = "<*>";
        keys.add(head + String.join(" ", tokens));
        tokens[i] = kept;
      }
    }
    return keys;
  }
}
