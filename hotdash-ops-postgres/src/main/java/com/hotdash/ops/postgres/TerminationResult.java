package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Session;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of the sessions that were to be ended, one by one.
 *
 * @param sessions each session, in the order in which it was taken: those spared last
 * @param beyondLimit how many more could have been ended but for the limit of one call
 */
public record TerminationResult(List<Ended> sessions, int beyondLimit) {
  private static final int SHOWN = 14;

  /** Copies the sessions. */
  public TerminationResult {
    sessions = List.copyOf(sessions);
  }

  /** What became of one session. */
  public enum Fate {
    /** It is gone. */
    ENDED,
    /** It belongs to a kind that nobody should end, or our role may not; nothing was sent. */
    SPARED,
    /** It had moved on, so it was left alone. */
    CHANGED,
    /** It could not be ended. */
    REFUSED,
    /** The answer was lost: look before you try again. */
    UNCERTAIN
  }

  /**
   * One session.
   *
   * @param session as it was when it was chosen
   * @param fate what became of it
   * @param reason why, as a clause
   */
  public record Ended(Session session, Fate fate, String reason) {
    static Ended of(Session session, StepOutcome outcome) {
      var fate =
          switch (outcome.status()) {
            case DONE -> Fate.ENDED;
            case FAILED -> Fate.REFUSED;
            case MOVED -> Fate.CHANGED;
            case UNCERTAIN -> Fate.UNCERTAIN;
          };
      return new Ended(session, fate, outcome.detail());
    }
  }

  /**
   * Returns the sessions that are gone.
   *
   * @return those ended
   */
  public List<Session> ended() {
    return with(Fate.ENDED);
  }

  /**
   * Returns the sessions that nobody should end, or our role may not.
   *
   * @return those spared
   */
  public List<Session> spared() {
    return with(Fate.SPARED);
  }

  /**
   * Returns the sessions that had moved on.
   *
   * @return those left alone
   */
  public List<Session> changed() {
    return with(Fate.CHANGED);
  }

  /**
   * Returns the sessions that could not be ended.
   *
   * @return those refused
   */
  public List<Session> refused() {
    return with(Fate.REFUSED);
  }

  /**
   * Returns the sessions of which nobody knows.
   *
   * @return those whose answer was lost
   */
  public List<Session> uncertain() {
    return with(Fate.UNCERTAIN);
  }

  private List<Session> with(Fate fate) {
    return sessions.stream().filter(each -> each.fate() == fate).map(Ended::session).toList();
  }

  @Override
  public String toString() {
    var counts = new ArrayList<String>();
    for (var fate : Fate.values()) {
      int n = with(fate).size();
      if (n > 0 || fate == Fate.ENDED) {
        counts.add(n + " " + fate.name().toLowerCase(Locale.ROOT));
      }
    }
    var page =
        Page.builder()
            .heading(1, String.join(", ", counts))
            .table(
                List.of(
                    Column.number("pid"),
                    Column.text("user"),
                    Column.text("app"),
                    Column.text("state"),
                    Column.text("fate"),
                    Column.text("why")),
                sessions.stream().limit(SHOWN).map(TerminationResult::row).toList());
    if (sessions.size() > SHOWN) {
      page.paragraph((sessions.size() - SHOWN) + " are not shown: see sessions()");
    }
    if (beyondLimit > 0) {
      page.paragraph(beyondLimit + " more are left for another call");
    }
    return page.build().toString();
  }

  private static List<String> row(Ended each) {
    var session = each.session();
    return List.of(
        String.valueOf(session.id().pid()),
        session.user(),
        session.application(),
        session.state(),
        each.fate().name().toLowerCase(Locale.ROOT),
        each.reason());
  }
}
