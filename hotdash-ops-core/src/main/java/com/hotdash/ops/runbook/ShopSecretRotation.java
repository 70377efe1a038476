package com.hotdash.ops.runbook;

import com.hotdash.ops.platform.SecretChange;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The order in which the client secret of the shop's app is replaced: nothing stops working, and
 * the old one is revoked last and by a person. Where it has leaked, it is revoked first, and the
 * outage accepted (shopify.md, section 8).
 *
 * <p>It holds places of values, never values. Looking at it changes nothing; {@link #store()} and
 * {@link #drop()} make plans of the two steps that the platform can make. Immutable and
 * thread-safe.
 */
public final class ShopSecretRotation {
  private static final String SECRET = "SHOPIFY_API_SECRET";

  private final PlatformChanges platform;
  private final String newPlace;
  private final String previousName;
  private final String previousPlace;
  private final boolean leaked;

  ShopSecretRotation(
      PlatformChanges platform,
      String newPlace,
      String previousName,
      String previousPlace,
      boolean leaked) {
    if (!previousName.matches("[A-Z][A-Z0-9_]{2,80}") || previousName.equals(SECRET)) {
      throw new IllegalArgumentException(
          "previousName is the name of another variable, such as " + SECRET + "_PREVIOUS");
    }
    if (newPlace.equals(previousPlace)) {
      throw new IllegalArgumentException("the new and the previous value are in the same place");
    }
    this.platform = platform;
    this.newPlace = newPlace;
    this.previousName = previousName;
    this.previousPlace = previousPlace;
    this.leaked = leaked;
  }

  /**
   * One step of a rotation.
   *
   * @param what what is done
   * @param why why now
   * @param person whether a person does it
   * @param line the line to type; empty if a person does it elsewhere
   */
  public record Step(String what, String why, boolean person, String line) {}

  /**
   * Returns the same for a secret that has leaked: it is revoked at once. Webhooks and stored
   * tokens fail until the new secret is stored and tokens are renewed.
   *
   * @return the other order
   */
  public ShopSecretRotation leaked() {
    return new ShopSecretRotation(platform, newPlace, previousName, previousPlace, true);
  }

  /**
   * Stores the new secret, and the old one beside it for webhooks, in one release: two would leave
   * machines that know only one of them. Of a leaked one nothing is kept.
   *
   * @return the resolution, to be planned; undoing it stores the old one again, unless it leaked
   */
  public Resolution store() {
    return platform.changeSecrets(
        leaked
            ? SecretChange.set(Map.of(SECRET, newPlace))
            : SecretChange.set(Map.of(SECRET, newPlace, previousName, previousPlace))
                .keptIn(Map.of(SECRET, previousPlace)));
  }

  /**
   * Drops the old secret, an hour after it was revoked.
   *
   * @return the resolution, to be planned
   */
  public Resolution drop() {
    return platform.changeSecrets(SecretChange.unset(previousName));
  }

  /**
   * Returns the steps in their order.
   *
   * @return each step
   */
  public List<Step> steps() {
    var make =
        new Step(
            "make a new client secret in the developer dashboard, and put it where "
                + newPlace
                + " is read",
            "the old one stays good until it is revoked",
            true,
            "");
    var tokens =
        new Step(
            "renew every stored token: refresh each shop, and ask for new client credentials",
            "a token is pinned to the secret that it was got with",
            true,
            "");
    var look =
        new Step(
            "look in the application whether each shop accepts its new token, and a webhook is"
                + " answered with 2xx",
            "after the revocation nothing goes back, and every token that is left dies at once; a"
                + " diagnosis sees only the token that it was given itself, and no delivery",
            true,
            "ops.shopifyApiErrors().diagnose()");
    return leaked ? leaked(make, tokens, look) : orderly(make, tokens, look);
  }

  private List<Step> leaked(Step make, Step tokens, Step look) {
    return List.of(
        make,
        new Step(
            "revoke the old secret in the developer dashboard, now",
            "it has leaked: whoever has it can act as the app; the outage is accepted",
            true,
            ""),
        new Step(
            "store the new secret",
            "until then no token can be got; webhooks may carry the old signature for an hour, and"
                + " are refused: read the gap afterwards",
            false,
            call(".leaked().store().plan()")),
        tokens,
        look);
  }

  private List<Step> orderly(Step make, Step tokens, Step look) {
    return List.of(
        make,
        new Step(
            "see that the deployed code checks webhooks against " + SECRET + " and " + previousName,
            "Shopify signs with the oldest secret that is not revoked, all through the overlap",
            true,
            ""),
        new Step(
            "store both in one release",
            "tokens are got with the new one, webhooks checked with either",
            false,
            call(".store().plan()")),
        tokens,
        look,
        new Step(
            "revoke the old secret in the developer dashboard",
            "only now: tokens still pinned to it die at once",
            true,
            ""),
        new Step(
            "an hour later, drop the old one",
            "signatures may take up to an hour to switch",
            false,
            call(".drop().plan()")));
  }

  private String call(String rest) {
    return "ops.shopifyApiErrors().rotateSecret(\""
        + newPlace
        + "\", \""
        + previousName
        + "\", \""
        + previousPlace
        + "\")"
        + rest;
  }

  /**
   * Returns the rotation as a page, to be kept with the incident.
   *
   * @return the page
   */
  public Page page() {
    var page =
        Page.builder()
            .heading(1, "Rotation of " + SECRET)
            .callout(
                leaked ? Tone.BAD : Tone.UNSURE,
                leaked ? "LEAK" : "ROTATION",
                "SHOPIFY_API_KEY stays: it is the app's permanent id. "
                    + (leaked ? "Revoke first." : "Revoke last, and by hand."));
    int number = 0;
    for (var step : steps()) {
      var text = new ArrayList<String>();
      text.add(
          ++number
              + (step.person() ? ", a person: " : ", the runbook: ")
              + step.what()
              + " ("
              + step.why()
              + ")");
      page.bullets(text);
      if (!step.line().isEmpty()) {
        page.code("java", step.line());
      }
    }
    return page.build();
  }

  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH);
  }
}
