package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Judgement;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.text.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a line of the runbook comes to when it is invoked. Nothing was changed. Immutable. */
public sealed interface Answer {
  /**
   * Returns the line.
   *
   * @return the line that was invoked
   */
  RunbookLine line();

  /**
   * Returns what it comes to, for scripts.
   *
   * @return the verdict of what was judged; {@link Verdict#UNKNOWN} if something could not be
   *     looked at or an argument is missing; empty where nothing is judged
   */
  Optional<Verdict> verdict();

  /**
   * Returns the answer as a page.
   *
   * @return the page
   */
  Page page();

  /**
   * Returns the answer for programs, too.
   *
   * @return the report
   */
  default Report report() {
    var data = new LinkedHashMap<String, Object>();
    data.put("kind", "answer");
    data.put("answer", getClass().getSimpleName());
    data.put("line", line().data());
    verdict().ifPresent(verdict -> data.put("verdict", verdict.name()));
    return AnswerPages.parts(this, Report.of(page(), data));
  }

  /**
   * Something was read, and nothing judged.
   *
   * @param line the line
   * @param seen the readings, to be got by their keys
   * @param gaps what could not be read beside it
   * @param readings the readings, as a person reads them
   */
  record Read(
      RunbookLine line,
      Observation seen,
      List<com.hotdash.ops.evidence.NotChecked> gaps,
      Page readings)
      implements Answer {
    /** Copies the list. */
    public Read {
      gaps = List.copyOf(gaps);
    }

    @Override
    public Optional<Verdict> verdict() {
      return gaps.isEmpty() ? Optional.empty() : Optional.of(Verdict.UNKNOWN);
    }

    @Override
    public Page page() {
      return AnswerPages.of(this);
    }

    @Override
    public String toString() {
      return page().toString();
    }
  }

  /**
   * A diagnosis, and what of it answers the line.
   *
   * @param line the line
   * @param diagnosis the whole diagnosis
   * @param findings those that answer the line; none if it is the whole that does
   */
  record Judged(RunbookLine line, Judgement diagnosis, List<Finding> findings) implements Answer {
    /** Copies the list. */
    public Judged {
      findings = List.copyOf(findings);
    }

    /** Never OK for the whole where something was not looked at: the line may have meant that. */
    @Override
    public Optional<Verdict> verdict() {
      if (!findings.isEmpty()) {
        return Optional.of(Verdict.rollUp(findings.stream().map(Finding::verdict).toList()));
      }
      return Optional.of(
          diagnosis.verdict() == Verdict.OK && !diagnosis.notChecked().isEmpty()
              ? Verdict.UNKNOWN
              : diagnosis.verdict());
    }

    @Override
    public Page page() {
      return AnswerPages.of(this);
    }

    @Override
    public String toString() {
      return page().toString();
    }
  }

  /**
   * A change was planned. It was not applied.
   *
   * @param line the line
   * @param plan the plan
   */
  record Planned(RunbookLine line, Plan plan) implements Answer {
    @Override
    public Optional<Verdict> verdict() {
      return Optional.empty();
    }

    @Override
    public Page page() {
      return line.head().append(plan.page()).build();
    }

    @Override
    public String toString() {
      return page().toString();
    }
  }

  /**
   * A person must act, or the line is covered elsewhere.
   *
   * @param line the line
   * @param advice what to do
   * @param numbers the findings on which it rests
   * @param diagnosis what else would help or hurt, or {@code null} if nobody looked
   */
  record Advised(
      RunbookLine line, String advice, List<Finding> numbers, @Nullable Judgement diagnosis)
      implements Answer {
    /** Copies the list. */
    public Advised {
      numbers = List.copyOf(numbers);
    }

    Advised(RunbookLine line, String advice) {
      this(line, advice, List.of(), null);
    }

    @Override
    public Optional<Verdict> verdict() {
      return Optional.ofNullable(diagnosis).flatMap(it -> new Judged(line, it, numbers).verdict());
    }

    @Override
    public Page page() {
      return AnswerPages.of(this);
    }

    @Override
    public String toString() {
      return page().toString();
    }
  }

  /**
   * It was not possible to look.
   *
   * @param line the line
   * @param obstacles what could not be read, why, and what would change that; at least one
   */
  record NotChecked(RunbookLine line, List<com.hotdash.ops.evidence.NotChecked> obstacles)
      implements Answer {
    /** Copies the list. */
    public NotChecked {
      obstacles = List.copyOf(obstacles);
    }

    @Override
    public Optional<Verdict> verdict() {
      return Optional.of(Verdict.UNKNOWN);
    }

    @Override
    public Page page() {
      return AnswerPages.of(this);
    }

    @Override
    public String toString() {
      return page().toString();
    }
  }

  /**
   * The line leaves something open that no diagnosis recommends either.
   *
   * @param line the line
   * @param missing what has to be given; at least one
   * @param diagnosis what was looked at to find it, or {@code null} if it cannot be found
   */
  record Incomplete(RunbookLine line, List<Argument> missing, @Nullable Diagnosis diagnosis)
      implements Answer {
    /** Copies the list. */
    public Incomplete {
      missing = List.copyOf(missing);
    }

    @Override
    public Optional<Verdict> verdict() {
      return Optional.of(Verdict.UNKNOWN);
    }

    @Override
    public Page page() {
      return AnswerPages.of(this);
    }

    @Override
    public String toString() {
      return page().toString();
    }
  }
}
