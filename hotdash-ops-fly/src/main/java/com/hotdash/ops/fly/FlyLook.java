package com.hotdash.ops.fly;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.LookGate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.platform.AnswerHistory;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.MachineLease;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.MachineVersion;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformTrouble;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.Traffic;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One look at an app for the runbook. */
final class FlyLook implements PlatformLook {
  private final AppCalls calls;
  private final @Nullable String org;
  private final Deadline deadline;
  private final LookGate gate;

  FlyLook(AppCalls calls, @Nullable String org, Deadline deadline) {
    this.calls = calls;
    this.org = org;
    this.deadline = deadline;
    this.gate = new LookGate(deadline);
  }

  private <T> Reading<T> read(String what, Supplier<Reading<T>> look) {
    return gate.read(what, () -> Looking.at(what, look));
  }

  @Override
  public Reading<Machines> machines() {
    return read(
        MACHINES.name(),
        () -> {
          var list = calls.shared().machines(calls, deadline);
          var all = list.value();
          var ours = PortRecords.machines(all);
          if (ours.all().isEmpty() && !all.isEmpty()) {
            return Reading.unread(
                new NotChecked(
                    MACHINES.name(),
                    Why.TOO_LITTLE_DATA,
                    "Fly Launch manages none of the " + all.size() + " machines that are there",
                    "look at them: fly machine list -a " + calls.app()));
          }
          var evidence =
              seen(
                      ours.all().size() + " machines, " + ours.running().size() + " run",
                      list.askedAt())
                  .withByHand("fly machine list -a " + calls.app());
          int others = all.size() - ours.all().size();
          return Reading.of(
              ours,
              others == 0
                  ? evidence
                  : evidence.withCoverage(
                      others + " left out: reserved, gone, or not managed by Fly Launch"));
        });
  }

  @Override
  public Reading<List<MachineSettings>> settings() {
    return gate.read(
        SETTINGS.name(),
        () -> {
          var list = calls.shared().machines(calls, deadline);
          var ours = list.value().stream().filter(Machine::managed).toList();
          var settings = new ArrayList<MachineSettings>();
          for (var machine : ours) {
            var config = machine.config();
            if (config != null) {
              settings.add(SettingsRecords.of(machine, config, calls.api().redactor()));
            }
          }
          if (settings.isEmpty()) {
            return Reading.unread(
                new NotChecked(
                    SETTINGS.name(),
                    Why.TOO_LITTLE_DATA,
                    "Fly tells of none of " + ours.size() + " machines how it is set up",
                    "look at them: fly machine list -a " + calls.app()));
          }
          var evidence =
              seen("settings of " + settings.size() + " machines", list.askedAt())
                  .withByHand("fly config show -a " + calls.app());
          var without = SettingsRecords.without(ours);
          return Reading.of(
              List.copyOf(settings),
              without.isEmpty()
                  ? evidence
                  : evidence.withCoverage("not told of " + String.join(", ", without)));
        });
  }

  @Override
  public Reading<List<Release>> releases() {
    return read(
        RELEASES.name(),
        () -> {
          var releases =
              FlyReleases.pinned(calls, deadline).stream().map(PortRecords::release).toList();
          var value =
              releases.isEmpty()
                  ? "no release"
                  : "newest of "
                      + releases.size()
                      + ": "
                      + releases.get(0).label()
                      + " "
                      + releases.get(0).statusText();
          return Reading.of(
              releases, seen(value).withByHand("fly releases --image -a " + calls.app()));
        });
  }

  @Override
  public Reading<Boolean> available(Image image) {
    var what = "image " + image.label();
    return read(
        what,
        () -> {
          var look = ImageLook.at(calls, PortRecords.imageRef(image), deadline);
          return look.presence() == ImageLook.Presence.UNKNOWN
              ? Reading.unread(new NotChecked(what, Why.UNREACHABLE, look.detail(), "try again"))
              : Reading.of(
                  look.presence() == ImageLook.Presence.PRESENT, seen(what + ": " + look.detail()));
        });
  }

  @Override
  public Reading<Traffic> traffic(Duration window) {
    return read(TRAFFIC.name(), () -> new FlyTraffic(calls, metrics()).over(window, deadline));
  }

  @Override
  public Reading<Resources> resources(Duration window) {
    return read(
        RESOURCES.name(),
        () -> new FlyResources(calls, metrics()).over(window, this::anyList, deadline));
  }

  @Override
  public Reading<AnswerTimes> answerTimes(Duration window) {
    return read(
        ANSWER_TIMES.name(), () -> new FlyAnswerTimes(calls, metrics()).over(window, deadline));
  }

  @Override
  public Reading<AnswerHistory> answerHistory(Duration window) {
    return read(
        ANSWER_HISTORY.name(),
        () -> new FlyAnswerTimes(calls, metrics()).history(window, deadline));
  }

  @Override
  public Reading<List<PlatformTrouble>> troubles() {
    return read(TROUBLES.name(), () -> new FlyTroubles(calls).read(this::anyList, deadline));
  }

  private FlyMetrics metrics() {
    return new FlyMetrics(calls, org);
  }

  @Override
  public Reading<LogSummary> logs(Duration window, List<Change> changes) {
    return read(LOGS.name(), () -> new LogsLook(calls).over(window, changes, deadline));
  }

  @Override
  public Reading<List<MachineVersion>> versions(String machine) {
    var what = "versions of machine " + machine;
    return read(
        what,
        () -> {
          var pins = new ImagePins(calls, deadline);
          var versions =
              new FlyMachines(calls)
                  .versions(machine).stream().map(one -> PortRecords.version(one, pins)).toList();
          return Reading.of(versions, seen(versions.size() + " " + what));
        });
  }

  @Override
  public Reading<List<SecretDigest>> secrets() {
    return read(
        "secrets",
        () -> {
          var names = new FlySecrets(calls, new Fleet(calls, null)).names(deadline);
          var evidence =
              seen(names.size() + " secrets").withByHand("fly secrets list -a " + calls.app());
          try {
            var list = calls.shared().machines(calls, deadline);
            var taken = new SecretsTaken(list.value().stream().filter(Machine::managed).toList());
            return Reading.of(
                names.stream().map(taken::of).toList(),
                seen(evidence.value(), list.askedAt())
                    .withByHand("fly secrets list -a " + calls.app()));
          } catch (InterruptedOpsException e) {
            throw e;
          } catch (OpsException e) {
            // Names are worth more than nothing: who has them is then told as unknown.
            return Reading.of(
                names.stream().map(PortRecords::secret).toList(),
                evidence.withCoverage("which machines have them was not read: " + e.problem()));
          }
        });
  }

  private List<Machine> anyList() {
    return calls.shared().machinesBeside(calls, deadline);
  }

  @Override
  public Reading<List<MachineLease>> leases(List<String> machines) {
    return read("leases of machines", () -> new LeasesLook(calls, deadline).of(machines));
  }

  @Override
  public Reading<List<String>> tail(String machine, Duration window) {
    return read(
        "log of machine " + machine, () -> new LogsLook(calls).tail(machine, window, deadline));
  }

  private Evidence seen(String value) {
    return seen(value, calls.time().now());
  }

  private Evidence seen(String value, Instant at) {
    return Evidence.of(value, "Fly, app " + calls.app(), at);
  }

  @Override
  public void close() {
    gate.close();
  }
}
