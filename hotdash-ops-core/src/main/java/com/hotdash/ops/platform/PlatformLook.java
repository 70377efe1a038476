package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.logs.LogSummary;
import java.time.Duration;
import java.util.List;

/**
 * One look at the platform. Readings never throw, and one that fails leaves the others as they are.
 *
 * <p>Not thread-safe, but {@link #close} may be called from any thread and ends a reading that is
 * under way.
 */
public interface PlatformLook extends AutoCloseable {
  /** What makes the platform readable where none is configured. */
  String NEEDED = "set FLY_APP and FLY_API_TOKEN, or hand the builder a platform";

  /** The application's machines. */
  ReadingKey<Machines> MACHINES = new ReadingKey<>("machines", NEEDED);

  /** How the machines are set up. */
  ReadingKey<List<MachineSettings>> SETTINGS = new ReadingKey<>("settings of the machines", NEEDED);

  /** What was released. */
  ReadingKey<List<Release>> RELEASES = new ReadingKey<>("releases", NEEDED);

  /** What the platform saw of requests. */
  ReadingKey<Traffic> TRAFFIC = new ReadingKey<>("requests at the edge", NEEDED);

  /** Which secrets the application has, and which machines have their newest values. */
  ReadingKey<List<SecretDigest>> SECRETS = new ReadingKey<>("secrets", NEEDED);

  /** Memory and processor time of the machines. */
  ReadingKey<Resources> RESOURCES = new ReadingKey<>("memory and cpu by the platform", NEEDED);

  /** How long answers took at the platform's edge. */
  ReadingKey<AnswerTimes> ANSWER_TIMES = new ReadingKey<>("answer times at the edge", NEEDED);

  /** How long answers took at the platform's edge, minute by minute. */
  ReadingKey<AnswerHistory> ANSWER_HISTORY =
      new ReadingKey<>("answer times of the last hour", NEEDED);

  /** Trouble that the platform itself admits. */
  ReadingKey<List<PlatformTrouble>> TROUBLES =
      new ReadingKey<>("the platform's own troubles", NEEDED);

  /** What the application and the platform around it wrote. */
  ReadingKey<LogSummary> LOGS = new ReadingKey<>("logs", NEEDED);

  /**
   * Reads the application's machines.
   *
   * @return all of them, those left out that the platform uses for itself
   */
  Reading<Machines> machines();

  /**
   * Reads the last releases.
   *
   * @return the newest first
   */
  Reading<List<Release>> releases();

  /**
   * Finds out whether an image can still be fetched.
   *
   * @param image the image
   * @return whether it is there
   */
  Reading<Boolean> available(Image image);

  /**
   * Reads what the platform saw of requests.
   *
   * @param window how far back, more than zero
   * @return the points of that window; its evidence tells the time of the oldest data
   */
  Reading<Traffic> traffic(Duration window);

  /**
   * Reads what the application and the platform around it wrote.
   *
   * @param window how far back, more than zero
   * @param changes what was changed, to tell what began after which
   * @return the lines, summed up; its coverage tells how much of the window they are
   */
  Reading<LogSummary> logs(Duration window, List<Change> changes);

  /**
   * Reads how the machines are set up. Default: the platform does not tell.
   *
   * @return one for each machine of which it is known; its coverage names the others, if any
   */
  default Reading<List<MachineSettings>> settings() {
    return Reading.unread(notTold(SETTINGS.name()));
  }

  /**
   * Reads the configurations that a machine had, the present one included. Default: the platform
   * does not tell.
   *
   * @param machine the machine's id
   * @return the newest first
   */
  default Reading<List<MachineVersion>> versions(String machine) {
    return Reading.unread(notTold("versions of machine " + machine));
  }

  /**
   * Reads which secrets the application has. Values are never read. Default: the platform does not
   * tell.
   *
   * @return all, staged ones included
   */
  default Reading<List<SecretDigest>> secrets() {
    return Reading.unread(notTold("secrets"));
  }

  /**
   * Reads memory and processor time of the machines. Default: the platform does not tell.
   *
   * @param window how far back memory is told, more than zero
   * @return one for each machine; its coverage names those that were not measured, if any
   */
  default Reading<Resources> resources(Duration window) {
    return Reading.unread(notTold("memory and cpu by the platform"));
  }

  /**
   * Reads how long answers took. Default: the platform does not tell.
   *
   * @param window the time over which answers are counted, more than zero
   * @return the times
   */
  default Reading<AnswerTimes> answerTimes(Duration window) {
    return Reading.unread(notTold("answer times at the edge"));
  }

  /**
   * Reads how long answers took in the course of time. Default: the platform does not tell.
   *
   * @param window how far back, more than zero
   * @return the points of that window; its evidence tells the time of the oldest data
   */
  default Reading<AnswerHistory> answerHistory(Duration window) {
    return Reading.unread(notTold(ANSWER_HISTORY.name()));
  }

  /**
   * Reads which trouble of its own the platform admits. Default: the platform does not tell.
   *
   * @return what goes on; none is weak evidence, since such pages lag
   */
  default Reading<List<PlatformTrouble>> troubles() {
    return Reading.unread(notTold("the platform's own troubles"));
  }

  /**
   * Reads the last lines that a machine wrote, and the platform about it. Default: what {@link
   * #logs} sums up of all machines.
   *
   * @param machine the machine's id
   * @param window how far back, more than zero
   * @return at most 50 lines, redacted, in order of time
   */
  default Reading<List<String>> tail(String machine, Duration window) {
    return logs(window, List.of()).map(summary -> summary.toString().lines().toList());
  }

  /**
   * Reads who holds the leases of some machines now. Default: the platform does not tell.
   *
   * @param machines the machines' ids
   * @return those that are held; its coverage names the machines that could not be read, if any
   */
  default Reading<List<MachineLease>> leases(List<String> machines) {
    return Reading.unread(notTold("leases"));
  }

  private static NotChecked notTold(String what) {
    return new NotChecked(
        what, Why.NOT_CONFIGURED, "this platform's port does not tell", "look at it by hand");
  }

  /** Ends the look and whatever reading is under way. Throws nothing; may be called twice. */
  @Override
  void close();
}
