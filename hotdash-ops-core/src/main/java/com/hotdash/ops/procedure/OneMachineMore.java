package com.hotdash.ops.procedure;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.ScaleCount;
import java.util.List;
import java.util.Optional;

/**
 * One machine more than there are. Those that sleep or are down count as well: a number below
 * theirs would do away with machines. Each brings a pool of connections of its own, for which the
 * database must have room.
 */
final class OneMachineMore {
  /** What it rests on besides the machines. */
  static final List<ReadingKey<?>> NEEDS =
      List.of(DatabaseLook.CAPACITY, DatabaseLook.CONNECTIVITY, DatabaseLook.APPLICATION_POOL);

  // HotDash's own DATABASE_POOL_SIZE (facts on HotDash).
  private static final int POOL = 10;
  private static final double FULL = DatabaseThresholds.DEFAULT.fullAt();

  private final Observation seen;
  private final List<Machine> all;
  private final List<Machine> down;
  private final int pool;

  OneMachineMore(Observation seen) {
    this.seen = seen;
    this.all =
        seen.get(PlatformLook.MACHINES).toOptional().map(Machines::all).orElse(List.of()).stream()
            .filter(each -> each.state() != MachineState.DESTROYED)
            .toList();
    this.down = all.stream().filter(each -> each.state() == MachineState.STOPPED).toList();
    this.pool =
        seen.get(DatabaseLook.APPLICATION_POOL).toOptional().map(ApplicationPool::max).orElse(POOL);
  }

  /** One that sleeps before a new one; none if there is no machine or one crashed and is down. */
  Optional<Recommendation> recommendation(String because) {
    if (!possible()) {
      return Optional.empty();
    }
    var lack = lack();
    if (lack.isPresent()) {
      return Optional.of(
          Recommendation.advice(
              "platform.room-first",
              "make room in the database first, then run one machine more",
              because + "; " + lack.get(),
              "ops.databaseConnectionIssues().diagnose()"));
    }
    if (!down.isEmpty()) {
      return Optional.of(
          Recommendation.advice(
              "platform.keep-running",
              "keep one more machine running: raise min_machines_running in fly.toml and deploy",
              because + "; " + Figures.many(down.size(), "machine sleeps", "machines sleep"),
              ""));
    }
    int more = all.size() + 1;
    return Optional.of(
        Recommendation.resolution(
            ScaleCount.ID,
            "run one machine more: " + more + " in place of " + all.size(),
            because + (blind() ? "; nobody saw whether the database has room for it" : ""),
            Remedy.platform("scaleCount", more)));
  }

  Optional<Contraindication> contraindication() {
    return lack()
        .filter(each -> possible())
        .map(why -> new Contraindication(ScaleCount.ID, "do not add machines", why));
  }

  private boolean possible() {
    return !all.isEmpty() && down.stream().noneMatch(Machine::crashed);
  }

  /** Behind a pooler a machine takes no slots of the server, unless that is full already. */
  private Optional<String> lack() {
    var brings = "each machine brings up to " + pool + " connections, and ";
    boolean refused =
        seen.get(PlatformLook.LOGS).toOptional().stream()
            .map((LogSummary log) -> log.sighting(Signature.DATABASE_FULL))
            .flatMap(Optional::stream)
            .anyMatch(each -> Lately.goesOn(each.last(), seen.at()));
    if (refused) {
      return Optional.of(brings + "the server or its pooler refuses some as it is");
    }
    return seen.get(DatabaseLook.CAPACITY)
        .toOptional()
        .filter(each -> full(each) || (!pooled() && each.freeInDatabase() < pool))
        .map(
            each ->
                brings
                    + each.freeInDatabase()
                    + " of "
                    + each.usableInDatabase()
                    + " usable slots of the database are free");
  }

  private static boolean full(Capacity capacity) {
    return capacity.freeInDatabase() <= (1 - FULL) * capacity.usableInDatabase();
  }

  /** Whether the application asks for its connections at a pooler. */
  private boolean pooled() {
    var own =
        seen.get(DatabaseLook.CONNECTIVITY).toOptional().stream()
            .flatMap(each -> each.probes().stream())
            .filter(each -> each.application())
            .toList();
    return !own.isEmpty() && own.stream().allMatch(each -> each.pooled());
  }

  private boolean blind() {
    return seen.get(DatabaseLook.CAPACITY)
        .obstacle()
        .filter(each -> each.why() != Why.NOT_CONFIGURED)
        .isPresent();
  }
}
