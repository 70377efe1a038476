package com.hotdash.ops.shopify;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.LookGate;
import com.hotdash.ops.evidence.NotChecked;
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
import java.util.Map;
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

  private static final Duration SPARE = Duration.ofMillis(1_500);

  /** From here on an answer to the least that can be asked is worth asking for once more. */
  private static final Duration LATE = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final ShopifyClient client;
  private final ShopNeeds needs;
  private final Deadline deadline;
  private final BudgetWatch watch;
  private final LookGate gate;
  private boolean reading;
  private @Nullable Reading<ShopAnswer> answer;
  private @Nullable ShopifyReply ping;

  ShopifyLook(ShopifyClient client, ShopNeeds needs, Deadline deadline) {
    this.client = client;
    this.needs = needs;
    this.deadline = deadline;
    this.watch = new BudgetWatch(client);
    this.gate = new LookGate(deadline);
  }

  @Override
  public Reading<ShopAnswer> answer() {
    if (answer == null) {
      answer = reading(ANSWER, this::readAnswer);
    }
    return answer;
  }

  /** Asks again if the first answer may be over with the next call. */
  private Reading<ShopAnswer> readAnswer() {
    var first = askOnce(deadline);
    var said = first.toOptional();
    if (said.isEmpty() || !said.get().passing(LATE)) {
      return first;
    }
    var left = deadline.remaining().minus(SPARE);
    if (left.compareTo(LATE) < 0 || !client.time().await(PAUSE)) {
      return first; // one answer tells little, and whoever judges knows that it is one
    }
    try {
      return askOnce(deadline.within(left))
          .toOptional()
          .map(second -> answered(second.after(said.get())))
          .orElse(first);
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (OpsException e) {
      // No answer says nothing of the service, unless it was waited for.
      return sinceSent().compareTo(LATE) < 0
          ? first
          : answered(
              new ShopAnswer(
                      ShopTrouble.TIMED_OUT, e.problem(), said.get().nextStep(), sinceSent(), null)
                  .after(said.get()));
    }
  }

  private Reading<ShopAnswer> askOnce(Deadline limit) {
    try {
      var reply = ask(ShopDocuments.PING, limit);
      var said = ReplyJson.text(ReplyJson.at(reply.data().get("shop"), "myshopifyDomain"));
      if (said == null) {
        return unread(
            ANSWER,
            Why.NOT_UNDERSTOOD,
            "the answer names no shop",
            "check that no proxy stands before Shopify");
      }
      if (!said.equalsIgnoreCase(client.shop().value())) {
        return unread(
            ANSWER,
            Why.NOT_UNDERSTOOD,
            "another shop answers: " + said + " instead of " + client.shop(),
            "check SHOPIFY_SHOP and the address");
      }
      ping = reply;
      return answered(new ShopAnswer(ShopTrouble.NONE, "", "", sinceSent(), reply.requestId()));
    } catch (ShopifyException e) {
      var trouble = ShopTroubles.of(e.kind());
      if (trouble == null) {
        throw e;
      }
      return answered(
          new ShopAnswer(
              trouble,
              e.problem(),
              e.nextStep().orElse(""),
              sinceSent(),
              e.requestId().orElse(null)));
    }
  }

  private Reading<ShopAnswer> answered(ShopAnswer value) {
    return Reading.of(value, evidence(value.toString(), ShopDocuments.PING));
  }

  /** Without the time that the call waited for its points here. */
  private Duration sinceSent() {
    return Duration.ofNanos(client.time().ticker().nanos() - watch.sentAt());
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
            return unread(SCOPES, Why.NOT_UNDERSTOOD, "the answer names no scopes", "try again");
          }
          return Reading.of(
              new ShopScopes(granted, needs.scopes()),
              evidence("granted: " + String.join(", ", granted), ShopDocuments.SCOPES));
        });
  }

  @Override
  public Reading<ShopVersion> version() {
    return reading(
        VERSION,
        () -> {
          answering();
          var served = Objects.requireNonNull(ping).servedVersion();
          if (served == null) {
            return unread(
                VERSION,
                Why.NOT_UNDERSTOOD,
                "the reply has no X-Shopify-API-Version",
                "check that no proxy stands before Shopify");
          }
          var asked = client.version();
          return Reading.of(
              new ShopVersion(asked, served, newest(), ApiVersions.accessibleUntil(asked)),
              evidence("asked for " + asked + ", served " + served, ShopDocuments.VERSIONS));
        });
  }

  /** It only says where to go, so that nothing depends on it. */
  private @Nullable String newest() {
    try {
      return ApiVersions.newest(ask(ShopDocuments.VERSIONS).data().get("publicApiVersions"));
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
              evidence(found.all().size() + " subscriptions", ShopDocuments.SUBSCRIPTIONS)
                  .withCoverage(
                      "those made through the API"
                          + (found.complete() ? "" : ", the first 250 of them")));
        });
  }

  @Override
  public Reading<ShopCalls> calls() {
    var calls = client.state().calls().summary();
    if (calls.isEmpty()) {
      return unread(
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
            return unread(
                BUDGET,
                Why.TOO_LITTLE_DATA,
                "replies of this shop carry no throttleStatus",
                "look at the extensions of a reply by hand");
          }
          sampleLater();
          var budget = watch.budget();
          return Reading.of(
              budget,
              evidence(budget.toString(), ShopDocuments.PING)
                  .withSample(budget.watched(), watch.samples()));
        });
  }

  private void sampleLater() {
    var missing = WATCH.minus(watch.span());
    if (deadline.remaining().compareTo(missing.plus(SPARE)) < 0) {
      return; // one sample tells the level, if not who draws on it
    }
    if (!missing.isNegative() && !client.time().await(missing)) {
      return;
    }
    try {
      ask(ShopDocuments.PING);
    } catch (ShopifyException e) {
      watch.saw(e.charge()); // a refusal tells the level as well
    }
  }

  private ShopifyReply askAnswering(String query) {
    answering();
    return ask(query);
  }

  private ShopifyReply ask(String query) {
    return ask(query, deadline);
  }

  private ShopifyReply ask(String query, Deadline limit) {
    try {
      var reply = client.read(query, Map.of(), limit, watch::sending);
      watch.saw(reply.charge());
      return reply;
    } catch (ShopifyException e) {
      watch.saw(e.charge());
      throw e;
    }
  }

  /** Goes on only if the shop answered the first question. */
  private void answering() {
    var first = answer();
    if (first instanceof Reading.Unread<ShopAnswer> unread) {
      throw new Refused(unread.notChecked().why(), unread.notChecked().detail());
    }
    var said = first.toOptional().orElseThrow();
    if (said.trouble() != ShopTrouble.NONE) {
      throw new Refused(Why.NOT_PERMITTED, "not asked: the shop " + said.trouble().clause());
    }
  }

  private Evidence evidence(String value, String query) {
    return Evidence.of(
            client.redactor().redact(value),
            "GraphQL Admin API " + client.version() + " of " + client.shop(),
            client.time().now())
        .withByHand(
            "curl -s https://"
                + client.shop()
                + "/admin/api/"
                + client.version()
                + "/graphql.json -H \"X-Shopify-Access-Token: $SHOPIFY_ADMIN_TOKEN\""
                + " -H 'Content-Type: application/json' -d '{\"query\":\""
                + query
                + "\"}'");
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
      return unread(key, e.why, e.getMessage(), "see to the shop's answer first");
    } catch (OpsException e) {
      return Reading.unread(ShopTroubles.notChecked(key.name(), e, client.redactor()));
    } catch (IllegalStateException e) {
      // The client was closed under the look.
      return unread(key, Why.CANCELLED, "the client was closed", "look again");
    } finally {
      reading = false;
    }
  }

  private <T> Reading<T> unread(ReadingKey<T> key, Why why, String detail, String remedy) {
    return Reading.unread(
        new NotChecked(key.name(), why, client.redactor().redact(detail), remedy));
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
