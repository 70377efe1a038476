package com.hotdash.ops.fly;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A token as people paste it: a comma-separated list, often with a scheme word in front. Which of
 * its parts are sent, and by which scheme, depends on the service.
 */
final class FlyToken {
  private static final Set<String> MACAROON = Set.of("fm1r", "fm1a", "fm2");

  private final Secret pasted;
  private final List<String> macaroons = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  private FlyToken(Secret pasted) {
    this.pasted = pasted;
    var bare = pasted.reveal().strip().replaceFirst("(?i)^((bearer|flyv1)(\\s+|$))+", "");
    Arrays.stream(bare.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .forEach(part -> (macaroon(part) ? macaroons : others).add(part));
    if (macaroons.isEmpty() && others.isEmpty()) {
      throw new IllegalArgumentException("the Fly token holds a scheme word and no token");
    }
  }

  static FlyToken parse(Secret pasted) {
    return new FlyToken(pasted);
  }

  private static boolean macaroon(String part) {
    int end = part.indexOf('_');
    return end > 0 && MACAROON.contains(part.substring(0, end));
  }

  /** What the Authorization header of a service holds; empty for one that is asked without. */
  Optional<Authorization> authorization(FlyService.Header header) {
    var all = new ArrayList<>(macaroons);
    all.addAll(others);
    var scheme = macaroons.isEmpty() ? "Bearer " : "FlyV1 ";
    return switch (header) {
      case NONE -> Optional.empty();
      case BEARER -> Optional.of(new Authorization("Bearer ", joined(all)));
      case ALL -> Optional.of(new Authorization(scheme, joined(all)));
      case MACAROONS ->
          Optional.of(new Authorization(scheme, joined(macaroons.isEmpty() ? others : macaroons)));
    };
  }

  /** Knows the whole and each part: a service may quote any of them. */
  Redactor redactor() {
    var all = new ArrayList<Secret>();
    all.add(pasted);
    macaroons.forEach(part -> all.add(Secret.of(part)));
    others.forEach(part -> all.add(Secret.of(part)));
    return Redactor.of(all);
  }

  private static Secret joined(List<String> parts) {
    return Secret.of(String.join(",", parts));
  }

  @Override
  public String toString() {
    return "FlyToken[%d macaroons, %d others]".formatted(macaroons.size(), others.size());
  }

  /** Scheme word with its space, and the credential. */
  record Authorization(String scheme, Secret credential) {}
}
