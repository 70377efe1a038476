package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Ways.advised;
import static com.hotdash.ops.catalogue.Ways.judged;
import static com.hotdash.ops.catalogue.Ways.planned;
import static com.hotdash.ops.diagnosis.Incident.SHOPIFY_API_ERRORS;

import com.hotdash.ops.procedure.ShopPoints.Budget;
import com.hotdash.ops.procedure.ShopPoints.ForeignUse;
import com.hotdash.ops.procedure.ShopState.Answer;
import com.hotdash.ops.procedure.ShopState.Scopes;
import com.hotdash.ops.procedure.ShopState.Subscriptions;
import com.hotdash.ops.procedure.ShopState.Version;
import com.hotdash.ops.procedure.ShopUse.ApplicationCalls;
import com.hotdash.ops.procedure.ShopUse.Logged;
import com.hotdash.ops.procedure.ShopUse.OwnCalls;
import com.hotdash.ops.procedure.ShopUse.Waste;
import com.hotdash.ops.resolution.Resolution;
import java.util.List;

/** The shop's API errors. */
final class Chapter5Lines {
  private static final String SHOP = "shopifyApiErrors()";
  private static final Argument NEW_PLACE =
      Argument.required(
          "new_place",
          "where the new secret is, such as a variable; never the value",
          "NEW_SECRET");
  private static final Argument OLD_PLACE =
      Argument.required("previous_place", "where the old secret is; never the value", "OLD_SECRET");
  private static final Argument OLD_NAME =
      Argument.optional(
          "previous_name",
          "the variable in which the application finds the old one meanwhile",
          "SHOPIFY_API_SECRET_PREVIOUS");

  private Chapter5Lines() {}

  static List<Entry> entries() {
    return List.of(
        Entry.of(
            "R5.S1",
            "GraphQL throttles inside a 200; a query that costs too much is no rate limit",
            SHOP + " reads the budget of points and who draws on it",
            judged(SHOPIFY_API_ERRORS, Budget.class, ForeignUse.class, OwnCalls.class)),
        Entry.of(
            "R5.S2",
            "a bad token, a missing scope and a frozen shop are different things",
            SHOP + " asks the shop itself",
            judged(SHOPIFY_API_ERRORS, Answer.class, Scopes.class)),
        Entry.of(
            "R5.S3",
            "theirs or ours?",
            SHOP + " times its own call beside the application's",
            judged(SHOPIFY_API_ERRORS, Answer.class, ApplicationCalls.class)),
        Entry.of(
            "R5.D1",
            "depends on upper and lower case, and takes every mention",
            SHOP + " reads what the log tells of trouble with the shop",
            judged(SHOPIFY_API_ERRORS, Logged.class)),
        Entry.of(
            "R5.D2",
            "totals since the start of one machine; what was throttled may count as success",
            SHOP + " reads what grew, per operation, on every machine",
            judged(SHOPIFY_API_ERRORS, ApplicationCalls.class)),
        Entry.of(
            "R5.R1a",
            "must follow the points that come back, not time alone",
            "the budget and how long to wait; ShopifyGuard paces calls by their cost",
            advised(
                "wait until the points for the next call are there, as told below, instead of"
                    + " trying again at once",
                SHOPIFY_API_ERRORS,
                Budget.class,
                OwnCalls.class)),
        Entry.of(
            "R5.R1b",
            "which calls?",
            "the operations by cost and rate, the dearest first",
            advised(
                "begin with the operation that takes most points, as told below",
                SHOPIFY_API_ERRORS,
                OwnCalls.class,
                Waste.class,
                ApplicationCalls.class)),
        Entry.of(
            "R5.R1c",
            "one big query may cost more than one query may; bulk operations are the batch",
            "predicted and real cost of this process's operations",
            advised(
                "move what pages through everything to a bulk operation; a bigger query only"
                    + " meets the limit of a single one",
                SHOPIFY_API_ERRORS,
                OwnCalls.class,
                Waste.class)),
        Entry.of(
            "R5.R2a",
            "that they exist does not say that they are good; 401 is the shop's token as a rule",
            SHOP + " asks with the token, and tells the answer, its scopes and its version",
            judged(SHOPIFY_API_ERRORS, Answer.class, Scopes.class, Version.class)),
        Entry.of(
            "R5.R2b",
            "DANGER: the key is the app's permanent id: another one is another app",
            "nothing changes it here; R5.R2c replaces the secret",
            advised(
                "leave the key alone; replace the secret instead, which R5.R2c plans",
                SHOPIFY_API_ERRORS,
                Answer.class)),
        Entry.of(
            "R5.R2c",
            "DANGER: a restart of its own, the value in the shell's history, and webhooks that"
                + " fail until both sides know the new one",
            "ops.shopifyApiErrors().rotateSecret(…): new and old side by side in one release, the"
                + " old one revoked last and by hand",
            planned(Chapter5Lines::rotate),
            NEW_PLACE,
            OLD_PLACE,
            OLD_NAME),
        Entry.of(
            "R5.R3a",
            "hides the trouble and holds connections for longer",
            "nothing raises them here",
            advised(
                "do not raise timeouts while calls are slow: each then holds a connection longer",
                SHOPIFY_API_ERRORS,
                Answer.class,
                ApplicationCalls.class)),
        Entry.of(
            "R5.R3b",
            "which queries?",
            "time and cost of each operation",
            advised(
                "ask for fewer fields and smaller pages in the operations told below",
                SHOPIFY_API_ERRORS,
                OwnCalls.class,
                Waste.class)),
        Entry.of(
            "R5.R3c",
            "",
            "operations that are repeated without need, and whether the webhooks are subscribed",
            advised(
                "what is asked for again and again wants a webhook; missing ones are restored by"
                    + " restoreSubscriptions()",
                SHOPIFY_API_ERRORS,
                Waste.class,
                Subscriptions.class)),
        Entry.told("R5.P1", "", "ShopifyGuard: one ledger of points for each shop, three ways in"),
        Entry.told(
            "R5.P2",
            "is a change of code",
            SHOP
                + " names what is asked for again and again; ops.monitor() asks every five minutes"),
        Entry.told(
            "R5.P3",
            "",
            SHOP
                + " compares the subscriptions with those that HotDash needs, under ops.monitor()"
                + " too"));
  }

  private static Resolution rotate(Question question) {
    return question
        .ops()
        .shopifyApiErrors()
        .rotateSecret(
            question.text(NEW_PLACE.name()),
            question.argument(OLD_NAME.name()).orElse(OLD_NAME.example()),
            question.text(OLD_PLACE.name()))
        .store();
  }
}
