package com.hotdash.ops.shopify;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.LookGate;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopBudget;
import com.hotdash.ops.shop.ShopCalls;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shop.ShopScopes;
import com.hotdash.ops.shop.ShopSubscriptions;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.shop.ShopVersion;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look at a shop. All queries together cost about 20 points. Once the shop has refused the
 * first of them, or not answered, nothing more is sent but to watch the budget: more calls to a
 * shop that is locked make it worse. What may be over with the next call is asked once more. One
 * thread reads; {@link #close} may come from any.
 */
final class ShopifyLook implements ShopLook {
  /** Long enough that a tenth of the smallest restore rate stands out from rounding. */
  private static final Duration WATCH = Duration.ofSeconds(2);

  private final ShopifyClient client;
  private final ShopNeeds needs;
  private final Deadline deadline;
  private final BudgetWatch watch;
  private final ShopQuestions questions;
  private final FirstAnswer first;
  private final LookGate gate;
  private boolean reading;
  private @Nullable Reading<ShopAnswer> answer;

  ShopifyLook(ShopifyClient client, ShopNeeds needs, Deadline deadline) {
    this.client = client;
    this.needs = needs;
    this.deadline = deadline;
    this.watch = new BudgetWatch(client);
    this.questions = new ShopQuestions(client, deadline, watch);
    this.first = new FirstAnswer(client, deadline, questions);
    this.gate = new LookGate(deadline);
  }

  @Override
  public Reading<ShopAnswer> answer() {
    if (answer == null) {
      answer = reading(ANSWER, first::read);
    }
    return answer;
  }

  @Override
  public Reading<ShopScopes> scopes() {
    return reading(
        SCOPES,
        () -> {
          var reply = askAnswering(ShopDocuments.SCOPES);
          var granted = new TreeSet<String>();
          var listed = ReplyJson.at(reply.data().get("currentAppInstallation"), "accessScopes");
          for (var scope : ReplyJson.list(listed)) {
            var handle = ReplyJson.text(ReplyJson.at(scope, "handle"));
            if (handle != null) {
              granted.add(handle);
            }
          }
          if (listed == null) {
            return questions.unread(
                SCOPES, Why.NOT_UNDERSTOOD, "the answer names no scopes", "try again");
          }
          return Reading.of(
              new ShopScopes(granted, needs.scopes()),
              questions.evidence("granted: " + String.join(", ", granted), ShopDocuments.SCOPES));
        });
  }

  @Override
  public Reading<ShopVersion> version() {
    return reading(
        VERSION,
        () -> {
          answering();
          var served = Objects.requireNonNull(first.ping()).servedVersion();
          if (served == null) {
            return questions.unread(
                VERSION,
                Why.NOT_UNDERSTOOD,
                "the reply has no X-Shopify-API-Version",
                "check that no proxy stands before Shopify");
          }
          var asked = client.version();
          return Reading.of(
              new ShopVersion(asked, served, newest(), ApiVersions.accessibleUntil(asked)),
              questions.evidence(
                  "asked for " + asked + ", served " + served, ShopDocuments.VERSIONS));
        });
  }

  /** It only says where to go, so that nothing depends on it. */
  private @Nullable String newest() {
    try {
      return ApiVersions.newest(
          questions.ask(ShopDocuments.VERSIONS).data().get("publicApiVersions"));
    } catch (ShopifyException e) {
      return null;
    }
  }

  @Override
  public Reading<ShopSubscriptions> subscriptions() {
    return reading(
        SUBSCRIPTIONS,
        () -> {
          answering();
          var found = Subscriptions.read(client, deadline, watch::sending);
          watch.saw(found.charge());
          return Reading.of(
              new ShopSubscriptions(
                  found.all().keySet().stream().toList(), needs.subscriptions(), found.complete()),
              questions
                  .evidence(found.all().size() + " subscriptions", ShopDocuments.SUBSCRIPTIONS)
                  .withCoverage(
                      "those made through the API"
                          + (found.complete() ? "" : ", the first 250 of them")));
        });
  }

  @Override
  public Reading<ShopCalls> calls() {
    var calls = client.state().calls().summary();
    if (calls.isEmpty()) {
      return questions.unread(
          CALLS,
          Why.TOO_LITTLE_DATA,
          "this process has called nothing of late",
          "diagnose from within the process whose calls are in question");
    }
    long count = calls.get().operations().stream().mapToLong(each -> each.calls()).sum();
    return Reading.of(
        calls.get(),
        Evidence.of(
                count + " calls of " + calls.get().operations().size() + " operations",
                "this process's own guard",
                client.time().now())
            .withSample(calls.get().window(), count)
            .withCoverage("this process only"));
  }

  @Override
  public Reading<ShopBudget> budget() {
    return reading(
        BUDGET,
        () -> {
          var seen = answer().toOptional();
          boolean tells =
              seen.filter(
                      each ->
                          each.trouble() == ShopTrouble.NONE
                              || each.trouble() == ShopTrouble.THROTTLED)
                  .isPresent();
          if (!tells) {
            answering();
          }
          if (!watch.any()) {
            return questions.unread(
                BUDGET,
                Why.TOO_LITTLE_DATA,
                "replies of this shop carry no throttleStatus",
                "look at the extensions of a reply by hand");
          }
          sampleLater();
          var budget = watch.budget();
          return Reading.of(
              budget,
              questions
                  .evidence(budget.toString(), ShopDocuments.PING)
                  .withSample(budget.watched(), watch.samples()));
        });
  }

  private void sampleLater() {
    var missing = WATCH.minus(watch.span());
    if (deadline.remaining().compareTo(missing.plus(ShopQuestions.SPARE)) < 0) {
      return; // one sample tells the level, if not who draws on it
    }
    if (!missing.isNegative() && !client.time().await(missing)) {
      return;
    }
    try {
      questions.ask(ShopDocuments.PING);
    } catch (ShopifyException e) {
      watch.saw(e.charge()); // a refusal tells the level as well
    }
  }

  private ShopifyReply askAnswering(String query) {
    answering();
    return questions.ask(query);
  }

  /** Goes on only if the shop answered the first question. */
  private void answering() {
    var asked = answer();
    if (asked instanceof Reading.Unread<ShopAnswer> unread) {
      throw new Refused(unread.notChecked().why(), unread.notChecked().detail());
    }
    var said = asked.toOptional().orElseThrow();
    if (said.trouble() != ShopTrouble.NONE) {
      throw new Refused(Why.NOT_PERMITTED, "not asked: the shop " + said.trouble().clause());
    }
  }

  private <T> Reading<T> reading(ReadingKey<T> key, Supplier<Reading<T>> read) {
    return reading
        ? read.get() // one reading asks for another
        : gate.read(key.name(), () -> made(key, read));
  }

  private <T> Reading<T> made(ReadingKey<T> key, Supplier<Reading<T>> read) {
    reading = true;
    try {
      return read.get();
    } catch (Refused e) {
      return questions.unread(key, e.why, e.getMessage(), "see to the shop's answer first");
    } catch (OpsException e) {
      return Reading.unread(ShopTroubles.notChecked(key.name(), e, client.redactor()));
    } catch (IllegalStateException e) {
      // The client was closed under the look.
      return questions.unread(key, Why.CANCELLED, "the client was closed", "look again");
    } finally {
      reading = false;
    }
  }

  @Override
  public void close() {
    gate.close();
  }

  /** A question was not asked, since the first one was not answered. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    Refused(Why why, String detail) {
      super(detail);
      this.why = why;
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
