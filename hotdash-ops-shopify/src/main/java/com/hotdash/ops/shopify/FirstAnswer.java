package com.hotdash.ops.shopify;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether the shop answers at all: the least that can be asked, once more if that may help. */
final class FirstAnswer {
  /** From here on an answer to the least that can be asked is worth asking for once more. */
  private static final Duration LATE = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final ShopifyClient client;
  private final Deadline deadline;
  private final ShopQuestions questions;
  private @Nullable ShopifyReply ping;

  FirstAnswer(ShopifyClient client, Deadline deadline, ShopQuestions questions) {
    this.client = client;
    this.deadline = deadline;
    this.questions = questions;
  }

  /** The shop's own answer; {@code null} while there is none. */
  @Nullable ShopifyReply ping() {
    return ping;
  }

  /** Asks again if the first answer may be over with the next call. */
  Reading<ShopAnswer> read() {
    var first = askOnce(deadline);
    var said = first.toOptional();
    if (said.isEmpty() || !said.get().passing(LATE)) {
      return first;
    }
    var left = deadline.remaining().minus(ShopQuestions.SPARE);
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
      return questions.sinceSent().compareTo(LATE) < 0
          ? first
          : answered(
              new ShopAnswer(
                      ShopTrouble.TIMED_OUT,
                      e.problem(),
                      said.get().nextStep(),
                      questions.sinceSent(),
                      null)
                  .after(said.get()));
    }
  }

  private Reading<ShopAnswer> askOnce(Deadline limit) {
    try {
      var reply = questions.ask(ShopDocuments.PING, limit);
      var said = ReplyJson.text(ReplyJson.at(reply.data().get("shop"), "myshopifyDomain"));
      if (said == null) {
        return questions.unread(
            ShopLook.ANSWER,
            Why.NOT_UNDERSTOOD,
            "the answer names no shop",
            "check that no proxy stands before Shopify");
      }
      if (!said.equalsIgnoreCase(client.shop().value())) {
        return questions.unread(
            ShopLook.ANSWER,
            Why.NOT_UNDERSTOOD,
            "another shop answers: " + said + " instead of " + client.shop(),
            "check SHOPIFY_SHOP and the address");
      }
      ping = reply;
      return answered(
          new ShopAnswer(ShopTrouble.NONE, "", "", questions.sinceSent(), reply.requestId()));
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
              questions.sinceSent(),
              e.requestId().orElse(null)));
    }
  }

  private Reading<ShopAnswer> answered(ShopAnswer value) {
    return Reading.of(value, questions.evidence(value.toString(), ShopDocuments.PING));
  }
}
