package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a changed secret breaks something, which one, and where it has arrived. */
public sealed interface SecretRotationIssuesFinding extends Finding {
  /** What is wrong with a secret that was changed, by who is refused. */
  enum Fault {
    /** Only machines that have the new value are refused: it is wrong. */
    NEW_VALUE,
    /** Only machines that have a former value are refused: the new one has to come to them. */
    FORMER_VALUE,
    /** Nobody can tell: both are refused, or who is refused is not known. */
    UNCLEAR
  }

  /**
   * Which of the secrets that the application needs are stored. That one is stored does not make
   * its value right.
   *
   * @param required how many it needs
   * @param missing the names of those that are not
   * @param evidence where it was seen
   */
  record Stored(int required, List<String> missing, List<Evidence> evidence)
      implements SecretRotationIssuesFinding {
    /** Copies the lists. */
    public Stored {
      missing = List.copyOf(missing);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "secrets.stored";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return missing.isEmpty() ? Verdict.OK : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return missing.isEmpty()
          ? "all " + required + " required secrets are stored"
          : missing.size()
              + " of "
              + required
              + " required secrets "
              + (missing.size() == 1 ? "is" : "are")
              + " not stored: "
              + Names.some(missing);
    }
  }

  /**
   * Which machines that run have the present values. A staged value is not inert: a machine that
   * starts may take it.
   *
   * @param names the secrets of which some machines have the present value and some a former one,
   *     newest first
   * @param updatedAt when the newest of them was stored, or {@code null}
   * @param behind machines that run with a former value of one of them
   * @param staged the secrets of which no machine that runs has the present value, newest first
   * @param running how many machines run
   * @param unsure secrets of which nobody can tell
   * @param suspect whether the machines that fail are those that have the newer values
   * @param evidence where it was seen
   */
  record Spread(
      List<String> names,
      @Nullable Instant updatedAt,
      List<String> behind,
      List<String> staged,
      int running,
      List<String> unsure,
      boolean suspect,
      List<Evidence> evidence)
      implements SecretRotationIssuesFinding {
    /** Copies the lists. */
    public Spread {
      names = List.copyOf(names);
      behind = List.copyOf(behind);
      staged = List.copyOf(staged);
      unsure = List.copyOf(unsure);
      evidence = List.copyOf(evidence);
    }

    /**
     * Returns whether some machines that run have the present values and some have former ones.
     *
     * @return true for a mixed fleet, whatever is staged besides
     */
    public boolean mixed() {
      return !names.isEmpty();
    }

    @Override
    public String id() {
      return "secrets.spread";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    // What is staged on purpose is no trouble, and told.
    @Override
    public Verdict verdict() {
      if (mixed()) {
        return Verdict.PROBLEM;
      }
      return unsure.isEmpty() && running > 0 ? Verdict.OK : Verdict.UNKNOWN;
    }

    @Override
    public String summary() {
      var since = updatedAt == null ? "" : ", stored at " + Stamp.of(updatedAt);
      if (mixed()) {
        return Names.cut(
            behind.size()
                + " of "
                + running
                + " machines run with a former value of "
                + Names.some(names)
                + since
                + ": "
                + Names.some(behind)
                + (suspect ? "; those with the new one fail" : ""));
      }
      if (!staged.isEmpty()) {
        return Names.cut(Names.some(staged) + " waits for a roll-out: no machine has it");
      }
      if (running == 0) {
        return "no machine runs, so none has any secret";
      }
      return unsure.isEmpty()
          ? "all " + running + " machines were configured after the last change of a secret"
          : Names.cut("nobody can tell which machines have " + Names.some(unsure));
    }
  }

  /**
   * Half of a pair that belongs together was changed. Made only then.
   *
   * @param changed the half that was changed
   * @param other the half that was not
   * @param at when
   * @param refused whether anything is refused, or does not start, that rests on it
   * @param evidence where it was seen
   */
  record HalfPair(
      String changed, String other, Instant at, boolean refused, List<Evidence> evidence)
      implements SecretRotationIssuesFinding {
    /** Copies the list. */
    public HalfPair {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "secrets.half-pair";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    // Such as a limit on connections that is in one address only.
    @Override
    public Verdict verdict() {
      return refused ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      return changed
          + " was changed at "
          + Stamp.of(at)
          + " and "
          + other
          + ", its other half, was not"
          + (refused ? "" : ", and nothing refuses it");
    }
  }

  /**
   * Refusals of credentials in the application's log, of one kind.
   *
   * @param use what was refused
   * @param count how many lines say so
   * @param changed the secret of it that was changed last before, or {@code null} if none was of
   *     late
   * @param fault what is wrong with that secret
   * @param lag how long after that change the first refusal came; {@code null} without one, or if
   *     nobody knows
   * @param goesOn whether a line of the last five minutes tells so; of sessions, as many as least
   * @param until when they should be over, since what was signed with the former value of a secret
   *     that came to all machines ends; {@code null} if that is not why, or it is past
   * @param least how many are a problem
   * @param complete whether what was read of the log is enough to say that nothing refuses
   * @param evidence where it was seen
   */
  record Refusals(
      SecretUse use,
      long count,
      @Nullable SecretDigest changed,
      Fault fault,
      @Nullable Duration lag,
      boolean goesOn,
      @Nullable Instant until,
      int least,
      boolean complete,
      List<Evidence> evidence)
      implements SecretRotationIssuesFinding {
    /** Copies the list. */
    public Refusals {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "secrets.refused";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    /** Without a change it is a symptom of another incident. */
    @Override
    public boolean symptom() {
      return changed != null;
    }

    @Override
    public Verdict verdict() {
      if (goesOn && count >= least && (changed != null || use.always())) {
        return until == null ? Verdict.PROBLEM : Verdict.UNKNOWN;
      }
      // After a rotation nobody may say that nothing refuses who has read too little.
      return changed != null && !complete ? Verdict.UNKNOWN : Verdict.OK;
    }

    @Override
    public String summary() {
      if (count == 0) {
        return "no line tells that "
            + use.what()
            + " refused credentials"
            + (complete ? "" : ", and too little of the log was read");
      }
      var text =
          count
              + " lines tell that "
              + use.what()
              + " refused credentials"
              + (goesOn ? "" : ", none of them lately");
      if (changed == null) {
        return text + "; no secret of it was changed on the platform of late";
      }
      if (until != null && goesOn) {
        return Names.cut(
            text
                + " since "
                + changed.name()
                + " was changed, as after any rotation: to be over by "
                + Stamp.of(until));
      }
      return Names.cut(
          text
              + (lag == null ? ", after " : ", first " + lag.toMinutes() + " min after ")
              + changed.name()
              + " was changed at "
              + Stamp.of(changed.updatedAt()));
    }
  }

  /**
   * Whether our own credentials of the same kind are taken. They may be other ones than the
   * application's.
   *
   * @param use what they are for
   * @param refused whether they were refused
   * @param text what came back
   * @param changed the secret of it that was changed of late, or {@code null}
   * @param fault what is wrong with that secret
   * @param evidence where it was seen
   */
  record LiveLogin(
      SecretUse use,
      boolean refused,
      String text,
      @Nullable SecretDigest changed,
      Fault fault,
      List<Evidence> evidence)
      implements SecretRotationIssuesFinding {
    /** Copies the list. */
    public LiveLogin {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "secrets.login";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public boolean symptom() {
      return changed != null;
    }

    @Override
    public Verdict verdict() {
      return refused ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      return Names.cut(
          use.what()
              + (refused ? " refuses our credentials" : " takes our credentials")
              + (refused && changed != null
                  ? ", " + changed.name() + " was changed at " + Stamp.of(changed.updatedAt())
                  : "")
              + ": "
              + text);
    }
  }

  /**
   * Machines that have a changed secret and whose process ended by itself just after the change,
   * not for want of memory. Made only then, and for an hour.
   *
   * @param changed the secret
   * @param machines the machines
   * @param exit the first end
   * @param evidence where it was seen
   */
  record StartFailure(
      SecretDigest changed, List<String> machines, MachineExit exit, List<Evidence> evidence)
      implements SecretRotationIssuesFinding {
    /** Copies the lists. */
    public StartFailure {
      machines = List.copyOf(machines);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "secrets.start";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return Names.cut(
          Names.some(machines)
              + " ended by itself with code "
              + exit.code()
              + " at "
              + exit.at()
              + ", soon after "
              + changed.name()
              + " was changed at "
              + Stamp.of(changed.updatedAt()));
    }
  }
}
