package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Judgement;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.Chapter;
import com.hotdash.ops.text.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The ways in which lines are answered. */
final class Ways {
  static final Argument COMMIT =
      Argument.optional("commit", "the commit that is to be deployed", "3f2c9a1d");

  private Ways() {}

  /** Reads, side by side, and judges nothing. */
  static Way read(Shown<?>... wanted) {
    return question -> {
      var keys = new HashSet<ReadingKey<?>>();
      Arrays.stream(wanted).forEach(each -> keys.add(each.key()));
      var seen = question.ops().look(Chapter.WITHIN, keys);
      return read(question, seen, List.of(wanted));
    };
  }

  private static Answer read(Question question, Observation seen, List<Shown<?>> wanted) {
    var gaps = new ArrayList<NotChecked>();
    var page = Page.builder();
    boolean any = false;
    for (var each : wanted) {
      any |= each.addTo(page, seen, gaps);
    }
    return any
        ? new Answer.Read(question.line(), seen, gaps, page.build())
        : new Answer.NotChecked(question.line(), gaps);
  }

  /** Judges an incident, and takes the findings that answer the line; all, if none are named. */
  static Way judged(Incident incident, Class<?>... types) {
    var wanted = List.<Class<?>>of(types);
    return question -> {
      var diagnosis = question.diagnose(incident);
      return unseen(diagnosis)
          ? new Answer.NotChecked(question.line(), diagnosis.notChecked())
          : new Answer.Judged(question.line(), diagnosis, of(diagnosis, wanted));
    };
  }

  /** Looks before a deploy; of the commit that is given, if one is. */
  static Way beforeDeploy(Class<?>... types) {
    return checked(
        question ->
            question
                .argument(COMMIT.name())
                .map(question.ops()::beforeDeploy)
                .orElseGet(question.ops()::beforeDeploy),
        types);
  }

  /** Looks at how the application is set up. */
  static Way audited(Class<?>... types) {
    return checked(question -> question.ops().audit(), types);
  }

  private static Way checked(Function<Question, Judgement> look, Class<?>... types) {
    var wanted = List.<Class<?>>of(types);
    return question -> {
      var checkup = look.apply(question);
      return unseen(checkup)
          ? new Answer.NotChecked(question.line(), checkup.notChecked())
          : new Answer.Judged(question.line(), checkup, of(checkup, wanted));
    };
  }

  /** Says what a person should do, with the numbers on which that rests. */
  static Way advised(String advice, Incident incident, Class<?>... types) {
    var wanted = List.<Class<?>>of(types);
    return question -> {
      var diagnosis = question.diagnose(incident);
      return unseen(diagnosis)
          ? new Answer.NotChecked(question.line(), diagnosis.notChecked())
          : new Answer.Advised(question.line(), advice, of(diagnosis, wanted), diagnosis);
    };
  }

  /** Plans what needs nothing but the arguments. */
  static Way planned(Function<Question, Resolution> resolution) {
    return question ->
        question.missing().isEmpty()
            ? question.plan(resolution.apply(question))
            : new Answer.Incomplete(question.line(), question.missing(), null);
  }

  /** Plans what was asked for, or else the first of some verbs that the diagnosis recommends. */
  static Way recommended(
      Incident incident, Set<String> verbs, Function<Question, Resolution> asked) {
    return question -> {
      if (question.missing().isEmpty()) {
        return question.plan(asked.apply(question));
      }
      var diagnosis = question.diagnose(incident);
      var remedy = remedies(diagnosis).filter(each -> verbs.contains(each.verb())).findFirst();
      if (remedy.isPresent()) {
        return question.plan(question.ops().resolution(remedy.get()));
      }
      return unseen(diagnosis)
          ? new Answer.NotChecked(question.line(), diagnosis.notChecked())
          : new Answer.Incomplete(question.line(), question.missing(), diagnosis);
    };
  }

  private static Stream<Remedy> remedies(Diagnosis diagnosis) {
    return diagnosis.recommendations().stream()
        .map(Recommendation::remedy)
        .flatMap(Stream::ofNullable);
  }

  private static List<Finding> of(Judgement judged, List<Class<?>> types) {
    return judged.findings().stream()
        .filter(each -> types.stream().anyMatch(type -> type.isInstance(each)))
        .toList();
  }

  /** Nothing that could be read says anything. */
  private static boolean unseen(Judgement judged) {
    return judged.verdict() == Verdict.UNKNOWN
        && judged.findings().isEmpty()
        && !judged.notChecked().isEmpty();
  }
}
