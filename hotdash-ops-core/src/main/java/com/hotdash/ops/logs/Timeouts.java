package com.hotdash.ops.logs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What timed out, told apart by layer: "timeout" alone names seven faults with seven cures. One
 * line can tell of two layers, such as a request that ended with 504 because the pool was empty.
 *
 * @param seen the layers that were seen, from the outside in
 */
public record Timeouts(List<Seen> seen) {
  /** Copies the list. */
  public Timeouts {
    seen = List.copyOf(seen);
  }

  /** Where somebody waited in vain, from the outside in. */
  public enum Layer {
    /** Whoever asked gave up first: slow answers, or nothing at all. */
    CLIENT(Signature.CLIENT_ABORT),
    /** The platform's proxy did not get through to the application. */
    PROXY(Signature.PROXY_TIMEOUT),
    /** A gateway answered 504. */
    GATEWAY(Signature.GATEWAY_TIMEOUT),
    /** The application's own pool of database connections was empty; the server may be idle. */
    POOL(Signature.POOL_EMPTY),
    /** The database took too long. */
    DATABASE(Signature.DATABASE_TIMEOUT),
    /** The shop's service did not answer in time. */
    SHOP(Signature.SHOP_TIMEOUT),
    /** A connection was not made, or no packet came; host and port are among the details. */
    NETWORK(Signature.NETWORK_TIMEOUT);

    private final Signature signature;

    Layer(Signature signature) {
      this.signature = signature;
    }
  }

  /**
   * Lines that tell of timeouts in one layer.
   *
   * @param layer where
   * @param count how many in the window
   * @param first the earliest, or {@code null} if no line has a time
   * @param last the latest, or {@code null}
   * @param since when those began that come now: what a silence parts from them, long for how often
   *     they come, is not counted; {@code null} if no line has a time
   * @param details host and port or the proxy's code, with their counts
   * @param samples at most three, the earliest; redacted
   */
  public record Seen(
      Layer layer,
      long count,
      @Nullable Instant first,
      @Nullable Instant last,
      @Nullable Instant since,
      Map<String, Long> details,
      List<String> samples) {
    /** Copies the collections. */
    public Seen {
      details = Map.copyOf(details);
      samples = List.copyOf(samples);
    }
  }

  static Timeouts of(List<Sighting> sightings) {
    var bySignature = new EnumMap<Signature, Sighting>(Signature.class);
    sightings.forEach(sighting -> bySignature.put(sighting.signature(), sighting));
    var seen = new ArrayList<Seen>();
    for (var layer : Layer.values()) {
      var sighting = bySignature.get(layer.signature);
      if (sighting != null) {
        seen.add(
            new Seen(
                layer,
                sighting.count(),
                sighting.first(),
                sighting.last(),
                sighting.since(),
                sighting.details(),
                sighting.samples()));
      }
    }
    return new Timeouts(seen);
  }

  /**
   * Returns what was seen of one layer.
   *
   * @param layer the layer
   * @return its lines, if there are any
   */
  public Optional<Seen> of(Layer layer) {
    return seen.stream().filter(each -> each.layer() == layer).findFirst();
  }

  /** Such as {@code timeouts: pool 12, network 3}. */
  @Override
  public String toString() {
    return seen.isEmpty()
        ? "timeouts: none"
        : seen.stream()
            .map(
                each ->
                    String.format(
                        Locale.ROOT,
                        "%s %,d",
                        each.layer().name().toLowerCase(Locale.ROOT),
                        each.count()))
            .collect(Collectors.joining(", ", "timeouts: ", ""));
  }
}
