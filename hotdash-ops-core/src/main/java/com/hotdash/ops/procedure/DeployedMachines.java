package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.time.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a deployment did to the machines: the truth of what runs is theirs, not the history's. */
public sealed interface DeployedMachines extends DeploymentFailuresFinding {
  /**
   * Which images the machines have, those that sleep included: they wake with what they have. More
   * than one means that a deploy went half the way.
   *
   * @param images each with its machines, the newest release's first
   * @param underWay whether a deploy is under way, so that nobody can tell yet
   * @param evidence where it was seen
   */
  record Images(List<OnImage> images, boolean underWay, List<Evidence> evidence)
      implements DeployedMachines {
    /** Copies the lists. */
    public Images {
      images = List.copyOf(images);
      evidence = List.copyOf(evidence);
    }

    /**
     * The machines of one image.
     *
     * @param image the image
     * @param release the newest release that names it, or {@code null} if none does
     * @param machines the machines
     */
    public record OnImage(Image image, @Nullable Release release, List<Machine> machines) {
      /** Copies the list. */
      public OnImage {
        machines = List.copyOf(machines);
      }

      String label() {
        return release == null ? image.label() : release.label();
      }
    }

    @Override
    public String id() {
      return "deploy.images";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (images.size() < 2) {
        return images.isEmpty() ? Verdict.UNKNOWN : Verdict.OK;
      }
      return underWay ? Verdict.UNKNOWN : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      if (images.isEmpty()) {
        return "there is no machine that could run anything";
      }
      return images.size() == 1
          ? "all machines have the image of " + images.get(0).label()
          : "machines have "
              + images.size()
              + " images: "
              + images.stream()
                  .limit(3)
                  .map(each -> each.machines().size() + " that of " + each.label())
                  .collect(Collectors.joining(", "))
              + (underWay ? ", while a deploy is under way" : ": a deploy went half the way");
    }
  }

  /**
   * How machines are on the newest release that any of them runs, against the others.
   *
   * @param release the release
   * @param imageIsNew whether any of them fails since its image came, which an older release may
   *     have brought: a release of secrets or settings names the image that was there
   * @param failing machines on it that fail their checks or crashed, since it came
   * @param silent machines on it whose checks have not reported, while it is young
   * @param on how many machines are on it
   * @param others how many run something else
   * @param othersFailing how many of those fail or crashed
   * @param since when the first began to fail, or {@code null} if the platform does not say
   * @param evidence where it was seen
   */
  record ReleaseHealth(
      Release release,
      boolean imageIsNew,
      List<Machine> failing,
      List<Machine> silent,
      int on,
      int others,
      int othersFailing,
      @Nullable Instant since,
      List<Evidence> evidence)
      implements DeployedMachines {
    /** Copies the lists. */
    public ReleaseHealth {
      failing = List.copyOf(failing);
      silent = List.copyOf(silent);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "deploy.health";
    }

    @Override
    public Severity weight() {
      return others == othersFailing && failing.size() == on ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (!failing.isEmpty()) {
        return Verdict.PROBLEM;
      }
      return silent.isEmpty() ? Verdict.OK : Verdict.UNKNOWN;
    }

    /**
     * Returns whether only machines on the newest release fail, while others run something else
     * well.
     *
     * @return true if so
     */
    public boolean onlyNew() {
      return !failing.isEmpty() && others > 0 && othersFailing == 0;
    }

    @Override
    public String summary() {
      var on = Figures.many(this.on, "machine", "machines") + " on " + release.label();
      if (failing.isEmpty()) {
        return silent.isEmpty()
            ? "none of "
                + on
                + " failed its checks or crashed since it came; what they answer is R2's"
            : silent.size() + " of " + on + " have not reported yet";
      }
      return failing.size()
          + " of "
          + on
          + (failing.size() == 1 ? " fails" : " fail")
          + (since == null ? "" : " since " + Stamp.of(since))
          + ": "
          + Figures.some(failing, Machine::id)
          + (others == 0 ? "" : "; " + othersFailing + " of " + others + " on others do");
    }
  }

  /**
   * Machines on which the application does not start, or ends again and again. Made only if there
   * are any.
   *
   * @param starts one for each machine
   * @param runs how many machines run and pass their checks
   * @param secrets names of required secrets that the errors of those machines speak of
   * @param lines what those machines wrote, the most frequent error first; redacted
   * @param evidence where it was seen
   */
  record StartFailures(
      List<Start> starts,
      int runs,
      List<String> secrets,
      List<String> lines,
      List<Evidence> evidence)
      implements DeployedMachines {
    /** Copies the lists. */
    public StartFailures {
      starts = List.copyOf(starts);
      secrets = List.copyOf(secrets);
      lines = List.copyOf(lines);
      evidence = List.copyOf(evidence);
    }

    /**
     * One machine.
     *
     * @param machine its id
     * @param exitCode how its process last ended, or {@code null} if only the log tells of it
     * @param outOfMemory whether memory ran out
     * @param at when, or {@code null} if only the log tells of it
     */
    public record Start(
        String machine, @Nullable Integer exitCode, boolean outOfMemory, @Nullable Instant at) {
      String told() {
        return machine
            + (outOfMemory ? " out of memory" : "")
            + (exitCode == null ? " ends again and again" : " (exit code " + exitCode + ")");
      }
    }

    /**
     * Returns whether memory ran out on any of them.
     *
     * @return true if so
     */
    public boolean outOfMemory() {
      return starts.stream().anyMatch(Start::outOfMemory);
    }

    @Override
    public String id() {
      return "deploy.start";
    }

    /** What fails since a release its health shows; other ends are another incident's. */
    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Severity weight() {
      return runs == 0 ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return "the application does not stay up on "
          + Figures.some(starts, Start::told)
          + (secrets.isEmpty() ? "" : "; its errors speak of " + Figures.some(secrets, s -> s))
          + (secrets.isEmpty() && !lines.isEmpty() ? ": " + Figures.cut(lines.get(0), 70) : "");
    }
  }

  /**
   * How often the application refused the platform's proxy. Made only if it did often. While
   * machines that run fail their checks and their process does not end, it listens on another port
   * or address than the platform asks; a machine that boots refuses, too.
   *
   * @param refused the proxy's lines
   * @param deaf machines that run, fail their checks and did not end
   * @param goesOn whether it was so lately
   * @param evidence where it was seen
   */
  record Refused(Sighting refused, List<Machine> deaf, boolean goesOn, List<Evidence> evidence)
      implements DeployedMachines {
    /** Copies the lists. */
    public Refused {
      deaf = List.copyOf(deaf);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "deploy.port";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return goesOn && !deaf.isEmpty() ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      var text = "the application refused the platform's proxy " + refused.count() + " times";
      return verdict() == Verdict.OK
          ? text + (goesOn ? ", as while it boots" : ", and does no more")
          : text
              + " while its process runs on "
              + Figures.some(deaf, Machine::id)
              + ": another port or address";
    }
  }
}
