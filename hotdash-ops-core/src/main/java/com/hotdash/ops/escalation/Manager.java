package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.escalation.NoticePolicy.Told;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to tell the manager of what is urgent, and how often. A webhook cannot be answered, so
 * somebody acknowledges where the problem is worked on: by a remark that begins with {@value
 * Remark#ACKNOWLEDGED} under the alert's entry, typed there or made by {@link
 * Escalation#acknowledge}. That the manager was told is written there too, so that several
 * processes together tell no more often than one; two that look at the same moment may both tell.
 *
 * <p>Where no place keeps such entries or none can be read, each process counts by itself, of a
 * thousand problems at most and for two hours, and nobody can acknowledge. Thread-safe.
 */
public final class Manager {
  private static final Logger LOG = LoggerFactory.getLogger(Manager.class);
  private static final Duration EACH = Duration.ofSeconds(20);
  // To read is worth less than to tell: a place that hangs must not keep the manager asleep.
  private static final Duration READ = Duration.ofSeconds(10);
  // Nobody may have said that the last trouble was over: what is new must not be taken for it.
  private static final Duration REMEMBERED = Duration.ofHours(2);
  private static final int MOST_PROBLEMS = 1000;

  private final List<Notifier> ways;
  private final NoticePolicy policy;
  private final Time time;

  /** What the entries do not tell. */
  private final Map<String, List<Told>> unwritten =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Told>> eldest) {
          return size() > MOST_PROBLEMS;
        }
      };

  /**
   * Makes one.
   *
   * @param ways the ways, all of which are used, in this order; may be empty, then every delivery
   *     fails and says how to change that; they stay the caller's
   * @param policy how often
   * @param time the time
   */
  public Manager(List<? extends Notifier> ways, NoticePolicy policy, Time time) {
    this.ways = List.copyOf(ways);
    this.policy = policy;
    this.time = time;
  }

  boolean reachable() {
    return !ways.isEmpty();
  }

  /** Tells by every way, whatever became of the others, unless it is not due. */
  List<Delivery> tell(
      Alert alert,
      Urgency urgency,
      @Nullable String address,
      @Nullable AlertChain places,
      Redactor redactor) {
    if (ways.isEmpty()) {
      return List.of(
          Delivery.of(
              Status.FAILED,
              "the manager",
              "no way is configured; set HOTDASH_OPS_NOTIFY_URL, hand the runbook one by"
                  + " notifier(…), or call"));
    }
    var now = time.now();
    var entry = entry(alert.key(), places);
    var remarks = entry.toOptional().map(AlertEntry::remarks).orElse(List.of());
    var told = told(alert.key(), remarks);
    var decision = policy.decide(urgency.priority(), told, remarks, now);
    var unseen =
        entry
            .obstacle()
            .map(why -> "; whether anybody acknowledged it is not to be seen: " + why.detail())
            .orElse("");
    if (!decision.due()) {
      return List.of(Delivery.of(Status.SUPPRESSED, names(), decision.because() + unseen));
    }
    var where =
        address == null ? entry.toOptional().map(AlertEntry::address).orElse(null) : address;
    var notice =
        new Notice(alert, urgency, where, reply(alert.key().incident(), entry, told.size()));
    var all = ways.stream().map(way -> told(way, notice, redactor)).toList();
    var reached = all.stream().filter(Delivery::delivered).map(Delivery::sink).toList();
    if (!reached.isEmpty()) {
      var how =
          (told.size() + 1) + " of " + policy.most() + " times, by " + String.join(", ", reached);
      boolean kept =
          places != null && entry.toOptional().isPresent() && written(notice, how, places);
      if (!kept) {
        remember(alert.key(), new Told(now, urgency.priority()));
      }
    }
    return all;
  }

  /** A problem that is over begins anew when it comes back. */
  void over(AlertKey key) {
    synchronized (unwritten) {
      unwritten.remove(key.fingerprint());
    }
  }

  private Reading<AlertEntry> entry(AlertKey key, @Nullable AlertChain places) {
    return places == null
        ? Reading.unread(
            new NotChecked(
                "acknowledgements",
                NotChecked.Why.NOT_CONFIGURED,
                "no place for alerts is configured",
                "set GITHUB_TOKEN and GITHUB_REPOSITORY"))
        : places.entry(key, time.now().minus(NoticePolicy.COUNTS_FOR), time.deadline(READ));
  }

  private List<Told> told(AlertKey key, List<Remark> remarks) {
    var all = new ArrayList<Told>();
    for (var remark : remarks) {
      remark.told().ifPresent(priority -> all.add(new Told(remark.at(), priority)));
    }
    var since = time.now().minus(REMEMBERED);
    synchronized (unwritten) {
      unwritten.getOrDefault(key.fingerprint(), List.of()).stream()
          .filter(each -> each.at().isAfter(since))
          .forEach(all::add);
    }
    return all;
  }

  private String reply(Incident incident, Reading<AlertEntry> entry, int before) {
    int left = policy.most() - before - 1;
    var again =
        left < 1
            ? "not told again"
            : "told again every "
                + policy.every().toMinutes()
                + " min, "
                + left
                + (left == 1 ? " more time" : " more times");
    return entry.toOptional().isPresent()
        ? "Acknowledge it: comment "
            + Remark.ACKNOWLEDGED
            + " there, or ops.acknowledge(Incident."
            + incident.name()
            + ", \"…\"). Until then it is "
            + again
            + "."
        : "It is " + again + ": no place keeps an entry on which it could be acknowledged.";
  }

  private Delivery told(Notifier way, Notice notice, Redactor redactor) {
    Delivery told;
    try {
      told = way.tell(notice, time.deadline(EACH));
    } catch (RuntimeException e) {
      // Somebody's way broke its word. It may have told the manager, and the next must be tried.
      told =
          Delivery.of(
              Status.UNCERTAIN, way.name(), redactor.redact("it broke its word and threw " + e));
    }
    if (!told.delivered()) {
      // Whoever drops the answer would be the only one to know.
      LOG.warn("manager not told [notice={} outcome={}]", notice, told);
    }
    return told;
  }

  private boolean written(Notice notice, String how, AlertChain places) {
    var page = Page.builder().bullets(notice.urgency().because()).paragraph(notice.reply()).build();
    var words = Remark.told(notice.urgency().priority(), how);
    return places.comment(notice.alert().key(), words, page, time.deadline(EACH)).delivered();
  }

  private void remember(AlertKey key, Told told) {
    synchronized (unwritten) {
      var all = unwritten.computeIfAbsent(key.fingerprint(), none -> new ArrayList<>());
      all.removeIf(each -> each.at().plus(REMEMBERED).isBefore(told.at()));
      all.add(told);
    }
  }

  private String names() {
    return ways.stream().map(Notifier::name).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return policy + (ways.isEmpty() ? "" : ", by " + names());
  }
}
