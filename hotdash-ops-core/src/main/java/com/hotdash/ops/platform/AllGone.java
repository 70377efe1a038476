package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several symptoms, measured by one look: one that is there is bad news whatever the others are,
 * one that could not be measured keeps the good news back.
 */
final class AllGone implements Symptom {
  private final PlatformReader reader;
  private final List<PlatformSymptom> symptoms;

  AllGone(PlatformReader reader, List<PlatformSymptom> symptoms) {
    this.reader = reader;
    this.symptoms = List.copyOf(symptoms);
  }

  @Override
  public String goal() {
    return symptoms.stream().map(PlatformSymptom::goal).collect(Collectors.joining("; "));
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    var measured = new ArrayList<Measurement>();
    var evidence = new ArrayList<Evidence>();
    NotChecked gap = null;
    try (var look = reader.look(deadline)) {
      for (var symptom : symptoms) {
        var reading = symptom.measure(look);
        if (reading instanceof Reading.Read<Measurement> read) {
          if (read.value().present()) {
            return reading;
          }
          measured.add(read.value());
          evidence.add(read.evidence());
        } else if (gap == null) {
          gap = reading.obstacle().orElseThrow();
        }
      }
    }
    return gap == null ? Reading.of(together(measured), oldest(evidence)) : Reading.unread(gap);
  }

  private static Measurement together(List<Measurement> measured) {
    var figures = new HashMap<String, Double>();
    measured.forEach(each -> figures.putAll(each.figures()));
    return new Measurement(
        false,
        measured.stream().map(Measurement::summary).collect(Collectors.joining("; ")),
        figures);
  }

  /** What holds for all of them is as young as the oldest. */
  static Evidence oldest(List<Evidence> all) {
    return all.stream().min(Comparator.comparing(AllGone::dataAt)).orElseThrow();
  }

  private static Instant dataAt(Evidence evidence) {
    return evidence.dataAt() == null ? evidence.observedAt() : evidence.dataAt();
  }
}
