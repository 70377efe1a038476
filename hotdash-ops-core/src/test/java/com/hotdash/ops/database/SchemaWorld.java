package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A database's schema as data: what it answers is set, and steps on it are made. */
final class SchemaWorld implements Database, SchemaReader {
  final SickDatabase database = new SickDatabase();

  /** What was done, such as {@code index.create}. */
  final List<String> acts = new ArrayList<>();

  /** What targets are like, by kind and id. */
  final Map<String, Map<String, String>> targets = new HashMap<>();

  @Nullable IndexSite site;
  @Nullable IndexFacts facts;
  @Nullable RoleLimit limit;
  @Nullable StatementPlan plan;
  boolean loseAnswer;
  Duration stepTakes = Duration.ZERO;

  @Override
  public Estate.Part identity() {
    return database.identity();
  }

  @Override
  public DatabaseLook look(Deadline deadline) {
    return database.look(deadline);
  }

  @Override
  public Optional<SchemaReader> schema() {
    return Optional.of(this);
  }

  @Override
  public Reading<IndexSite> site(NewIndex wanted, Deadline deadline) {
    return reading(site);
  }

  @Override
  public Reading<IndexFacts> index(String name, Deadline deadline) {
    return reading(facts);
  }

  @Override
  public Reading<StatementPlan> plan(String statement, Deadline deadline) {
    return reading(plan);
  }

  @Override
  public Reading<RoleLimit> idleTransactionLimit(String role, Deadline deadline) {
    return reading(limit);
  }

  private <T> Reading<T> reading(@Nullable T value) {
    return value == null
        ? Reading.unread(new NotChecked("the schema", Why.TIMED_OUT, "silent", "look again"))
        : Reading.of(value, Evidence.of("schema", "test", database.clock.now()));
  }

  @Override
  public String byHand(Step step) {
    return "by hand: " + step.kind();
  }

  @Override
  public Control control() {
    return new Hands();
  }

  private final class Hands implements Control {
    @Override
    public Reading<TargetState> observe(Target target, Deadline deadline) {
      return Reading.of(state(target), Evidence.of(target.label(), "test", database.clock.now()));
    }

    private TargetState state(Target target) {
      if (target.kind().equals(SchemaSteps.TABLE)) {
        return TargetState.of(Map.of(SchemaSteps.TABLE_NAME, "shop.sales"));
      }
      var fields = new TreeMap<String, String>();
      if (target.kind().equals(SchemaSteps.INDEX)) {
        fields.put(SchemaSteps.STATE, SchemaSteps.NONE);
        fields.put(SchemaSteps.OID, SchemaSteps.NONE);
        fields.put(SchemaSteps.TABLE_NAME, "shop.sales");
      }
      fields.putAll(targets.getOrDefault(key(target), Map.of()));
      return TargetState.of(fields);
    }

    @Override
    public StepOutcome make(Step step, Deadline deadline) {
      if (!state(step.target()).matches(step.assumes())) {
        return StepOutcome.moved(state(step.target()).difference(step.assumes()));
      }
      acts.add(step.kind());
      database.clock.advance(stepTakes);
      var fields = new HashMap<>(step.after());
      if (step.kind().equals(SchemaSteps.CREATE_INDEX)) {
        fields.put(SchemaSteps.OID, "77");
      }
      targets.put(key(step.target()), fields);
      return loseAnswer
          ? StepOutcome.uncertain("lost")
          : new StepOutcome(StepOutcome.Status.DONE, "made", state(step.target()).fields());
    }

    @Override
    public void close() {}
  }

  static String key(Target target) {
    return target.kind() + " " + target.id();
  }
}
