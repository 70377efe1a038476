package com.hotdash.ops.procedure;

import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the application stands on, as we see it ourselves. */
final class Dependencies {
  private static final Set<ShopTrouble> OURS =
      EnumSet.of(ShopTrouble.UNAUTHORIZED, ShopTrouble.NOT_PERMITTED, ShopTrouble.NOT_FOUND);

  private Dependencies() {}

  /** Those that were looked at; one that was not is missing. */
  static List<Dependency> seen(Observation seen) {
    var list = new ArrayList<Dependency>();
    if (seen.get(DatabaseLook.CONNECTIVITY) instanceof Reading.Read<Connectivity> read) {
      list.add(database(read, Elsewhere.reached(seen)));
    }
    if (seen.get(ShopLook.ANSWER) instanceof Reading.Read<ShopAnswer> read) {
      list.add(shop(read));
    }
    return list;
  }

  /** Whether it was looked at, and answers us. */
  static boolean isWell(Observation seen, boolean database) {
    return seen(seen).stream()
        .filter(each -> each.name().equals(database ? Dependency.DATABASE : Dependency.SHOP))
        .anyMatch(each -> each.verdict() == Verdict.OK);
  }

  static List<Dependency> failing(Observation seen) {
    return seen(seen).stream().filter(each -> each.verdict() == Verdict.PROBLEM).toList();
  }

  /**
   * Those that fail the application, and not only us: by its own word, or by ours of what both of
   * us meet. A token of ours that is refused is nothing of the application's.
   */
  static List<Dependency> ground(Observation seen) {
    boolean refused =
        seen.get(ShopLook.ANSWER)
            .toOptional()
            .filter(each -> OURS.contains(each.trouble()))
            .isPresent();
    return new ToldDependencies(seen)
        .rows().stream()
            .filter(each -> each.verdict() == Verdict.PROBLEM)
            .filter(each -> !each.name().equals(ToldDependencies.SECRETS))
            .filter(each -> !(each.byUsAlone() && each.name().equals(Dependency.SHOP) && refused))
            .map(
                each ->
                    new Dependency(each.name(), Verdict.PROBLEM, each.toString(), each.evidence()))
            .toList();
  }

  /** The addresses that the application itself uses; all, where nobody says which these are. */
  private static Dependency database(Reading.Read<Connectivity> read, boolean elsewhere) {
    var all = read.value().probes();
    var own = all.stream().filter(EndpointProbe::application).toList();
    var probes = own.isEmpty() ? all : own;
    var verdict = Verdict.rollUp(probes.stream().map(each -> verdict(each, elsewhere)).toList());
    var text =
        probes.stream()
            .filter(each -> verdict(each, elsewhere) == verdict)
            .findFirst()
            .map(Dependencies::text)
            .orElse("no address was tried");
    return new Dependency(Dependency.DATABASE, verdict, text, List.of(read.evidence()));
  }

  private static Verdict verdict(EndpointProbe probe, boolean elsewhere) {
    return probe
        .failed()
        .map(each -> each.failure())
        .map(
            failure ->
                failure.kind().oursForAllWeKnow(elsewhere) ? Verdict.UNKNOWN : Verdict.PROBLEM)
        .orElse(Verdict.OK);
  }

  private static String text(EndpointProbe probe) {
    return probe
        .failed()
        .map(each -> probe.name() + " " + each.failure())
        .orElseGet(() -> probe.name() + " answers in " + probe.took().toMillis() + " ms");
  }

  private static Dependency shop(Reading.Read<ShopAnswer> read) {
    var trouble = read.value().trouble();
    // One that throttles is there; whoever waits gets an answer.
    boolean answers = trouble == ShopTrouble.NONE || trouble == ShopTrouble.THROTTLED;
    boolean unsure =
        trouble == ShopTrouble.NOT_UNDERSTOOD
            || (trouble.passing() && read.value().before() == null);
    var other = unsure ? Verdict.UNKNOWN : Verdict.PROBLEM;
    return new Dependency(
        Dependency.SHOP,
        answers ? Verdict.OK : other,
        read.value().toString(),
        List.of(read.evidence()));
  }
}
