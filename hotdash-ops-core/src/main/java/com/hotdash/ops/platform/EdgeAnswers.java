package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.resolution.Action;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures a change of something else, such as the database, by what users feel as well: where
 * answers are slow at the platform's edge when it is planned, they must be quick after it. What is
 * to be measured goes into the change's goal as data. Thread-safe.
 */
public final class EdgeAnswers {
  private final @Nullable PlatformReader reader;
  private final AilmentLimits limits;

  /**
   * Makes it for a platform.
   *
   * @param reader the platform, or {@code null} if none is configured: then nothing is measured
   * @param limits from where on answers are slow
   */
  public EdgeAnswers(@Nullable PlatformReader reader, AilmentLimits limits) {
    this.reader = reader;
    this.limits = limits;
  }

  /**
   * Looks whether answers are slow, and has them measured afterwards if they are. Reads only.
   *
   * @param change the change
   * @param deadline when to stop looking
   * @return the change with a goal more, with a note if nobody could look, or as it was
   */
  public Proposal measured(Proposal change, Deadline deadline) {
    if (reader == null || change.steps().isEmpty()) {
      return change;
    }
    try (var look = reader.look(deadline)) {
      var found = Ailments.ofAnswers(look, limits);
      var goal = new TreeMap<>(change.goal());
      goal.putAll(found.goal());
      return new Proposal(
          change.action(),
          change.target(),
          change.targetAssumes(),
          change.steps(),
          goal,
          change.pace(),
          Stream.concat(change.notPromised().stream(), found.gaps().stream()).toList(),
          change.byHand(),
          change.objections());
    }
  }

  /**
   * Wraps an action so that its cure is measured by the answers as well, where its goal says so.
   *
   * @param action whatever makes the change
   * @return the same action, with a wider symptom and more patience
   */
  public Action measuring(Action action) {
    return new Measuring(action, reader);
  }

  private record Measuring(Action inner, @Nullable PlatformReader reader) implements Action {
    @Override
    public String id() {
      return inner.id();
    }

    @Override
    public Effect effect() {
      return inner.effect();
    }

    @Override
    public Optional<Control> control() {
      return inner.control();
    }

    @Override
    public Symptom symptom(Proposal proposal) {
      var own = inner.symptom(proposal);
      return SlowEdge.of(proposal.goal())
          .<Symptom>map(
              slow ->
                  new Both(own, slow, reader == null ? null : new AllGone(reader, List.of(slow))))
          .orElse(own);
    }

    @Override
    public Patience patience(Proposal proposal) {
      return Ailments.patience(
          inner.patience(proposal),
          SlowEdge.of(proposal.goal()).map(PlatformSymptom::window).orElse(Duration.ZERO));
    }

    @Override
    public boolean absenceProves() {
      return inner.absenceProves();
    }

    @Override
    public Duration stepWithin() {
      return inner.stepWithin();
    }

    @Override
    public boolean sideBySide() {
      return inner.sideBySide();
    }

    @Override
    public boolean carriesOthers(Step step) {
      return inner.carriesOthers(step);
    }

    @Override
    public Optional<Reading<List<String>>> evidence(Step step, Deadline deadline) {
      return inner.evidence(step, deadline);
    }

    @Override
    public List<Step> undoOrder(List<Step> lastFirst) {
      return inner.undoOrder(lastFirst);
    }
  }

  /** What the change is for first: while that is not so, the answers say nothing of it. */
  private record Both(Symptom own, PlatformSymptom slow, @Nullable Symptom answers)
      implements Symptom {
    @Override
    public String goal() {
      return own.goal() + "; " + slow.goal();
    }

    @Override
    public Reading<Measurement> measure(Deadline deadline) {
      var first = own.measure(deadline);
      if (!(first instanceof Reading.Read<Measurement> read) || read.value().present()) {
        return first;
      }
      if (answers == null) {
        return Reading.unread(
            new NotChecked(
                "answer times",
                Why.NOT_CONFIGURED,
                "this process knows no platform",
                PlatformLook.NEEDED));
      }
      var users = answers.measure(deadline);
      return users instanceof Reading.Read<Measurement> second
          ? Reading.of(together(read.value(), second.value()), older(read, second))
          : users;
    }

    private static Measurement together(Measurement own, Measurement answers) {
      var figures = new HashMap<>(own.figures());
      figures.putAll(answers.figures());
      return new Measurement(
          answers.present(), own.summary() + "; " + answers.summary(), Map.copyOf(figures));
    }

    private static Evidence older(
        Reading.Read<Measurement> own, Reading.Read<Measurement> answers) {
      return AllGone.oldest(List.of(own.evidence(), answers.evidence()));
    }
  }
}
