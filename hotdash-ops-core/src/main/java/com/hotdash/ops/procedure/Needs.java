package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a procedure needs to see. Immutable.
 *
 * @param required without any of these the verdict is never OK
 * @param optional what is judged where it was handed in: not configured is listed and harms
 *     nothing, any other gap keeps the verdict from OK
 * @param explaining what only explains; a gap is listed and decides nothing
 */
record Needs(
    List<ReadingKey<?>> required, List<ReadingKey<?>> optional, List<ReadingKey<?>> explaining) {
  Needs {
    required = List.copyOf(required);
    optional = List.copyOf(optional);
    explaining = List.copyOf(explaining);
  }

  static Needs required(ReadingKey<?>... keys) {
    return new Needs(Arrays.asList(keys), List.of(), List.of());
  }

  Needs optional(ReadingKey<?>... keys) {
    return new Needs(required, Arrays.asList(keys), explaining);
  }

  Needs explaining(ReadingKey<?>... keys) {
    return new Needs(required, optional, Arrays.asList(keys));
  }

  Set<ReadingKey<?>> keys() {
    var all = new LinkedHashSet<ReadingKey<?>>(required);
    all.addAll(optional);
    all.addAll(explaining);
    return Set.copyOf(all);
  }

  /** What should have been read and was not keeps the whole from being OK. */
  Verdict verdict(Observation seen, List<? extends Finding> findings) {
    var verdicts = new ArrayList<>(findings.stream().map(Finding::verdict).toList());
    boolean gap =
        required.stream().anyMatch(key -> seen.get(key).obstacle().isPresent())
            || optional.stream().anyMatch(key -> failed(seen, key));
    if (gap) {
      verdicts.add(Verdict.UNKNOWN);
    }
    return Verdict.rollUp(verdicts);
  }

  private static boolean failed(Observation seen, ReadingKey<?> key) {
    return seen.get(key).obstacle().filter(each -> each.why() != Why.NOT_CONFIGURED).isPresent();
  }

  /** What could not be looked at, the most important first. */
  List<NotChecked> notChecked(Observation seen) {
    var list = new ArrayList<NotChecked>();
    for (var keys : List.of(required, optional, explaining)) {
      keys.forEach(key -> seen.get(key).obstacle().ifPresent(list::add));
    }
    return list;
  }

  /** A reading with where it was made, or empty if it could not be made. */
  static <T> Optional<Reading.Read<T>> read(Observation seen, ReadingKey<T> key) {
    return seen.get(key) instanceof Reading.Read<T> read ? Optional.of(read) : Optional.empty();
  }
}
