package com.hotdash.ops.logs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Joins groups without frames whose templates differ in one word only, when that word takes many
 * values: Drain's idea, on all templates at once instead of in the order of arrival.
 *
 * <p>The rule: type, code, status and number of words must be equal, and the first two words too
 * (Drain's tree of depth four). A word becomes {@code <*>} if at its place, all others equal, ten
 * or more values stand: names of customers do that, while verbs and the services that an
 * application calls are fewer. Words that an operator must tell apart never do: words with a digit
 * or a mask, error codes and types, and the verbs and services of {@link #TOLD_APART}, however many
 * there are. At least 0.4 of the words stay (Drain's similarity), and at most three are lost.
 */
final class Templates {
  /**
   * With fewer values than this, the words are different errors rather than one with a variable.
   */
  private static final int VARIANTS = 10;

  private static final String WILD = "<*>";
  private static final int FIRST = 2;
  private static final double SIMILARITY = 0.4;
  private static final int MOST_TOKENS = 60;
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern FIXED =
      Pattern.compile("(?s).*[\\d<>].*|E[A-Z_]{3,}\\W?|.*(?:Error|Exception)\\W?");

  private static final Pattern EDGES = Pattern.compile("^\\W+|\\W+$");

  /** Verbs and services: few in any application, and each is an error of its own. */
  static final Set<String> TOLD_APART =
      Set.of(
          ("load save read write create update upsert delete remove insert select find fetch get set put"
                  + " post patch send receive connect disconnect open close start stop restart begin commit"
                  + " rollback lock unlock acquire release parse validate render sync import export publish"
                  + " subscribe enqueue process retry verify decode encode decrypt encrypt sign refresh"
                  + " reach resolve migrate cancel charge refund capture upload download"
                  + " database db postgres postgresql pooler pool redis cache queue worker job session token"
                  + " webhook webhooks shopify supabase stripe openai github slack smtp mail storage s3"
                  + " orders order products product customers customer inventory fulfillment shop shops"
                  + " read-only primary replica network dns tls timeout refused reset denied expired missing"
                  + " invalid unauthorized forbidden failed aborted")
              .split(" "));

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
    long lost = Arrays.stream(tokens).filter(WILD::equals).count();
    if (tokens.length - lost - 1 < SIMILARITY * tokens.length) {
      return List.of();
    }
    for (int i = FIRST; i < tokens.length; i++) {
      if (variable(tokens[i])) {
        var kept = tokens[i];
        tokens[i] = WILD;
        keys.add(head + String.join(" ", tokens));
        tokens[i] = kept;
      }
    }
    return keys;
  }

  private static boolean variable(String word) {
    return !FIXED.matcher(word).matches()
        && !TOLD_APART.contains(EDGES.matcher(word).replaceAll("").toLowerCase(Locale.ROOT));
  }
}
