package com.hotdash.ops.platform;

import com.hotdash.ops.resolution.Objection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which size machines shall have. What is not named stays: naming a size never sets the memory to
 * that size's default, which is how 2048 MB become 512.
 *
 * @param size the name of the cpus, such as {@code shared-cpu-4x}, or {@code null} to keep them
 * @param memoryMb memory in MB, or {@code null} to keep it
 */
public record GuestChange(@Nullable String size, @Nullable Integer memoryMb) {
  /** Checks that something is to change. */
  public GuestChange {
    if (size == null && memoryMb == null) {
      throw new IllegalArgumentException("name a size, a memory, or both");
    }
    if (memoryMb != null && memoryMb < 1) {
      throw new IllegalArgumentException("memory is at least 1 MB, not " + memoryMb);
    }
  }

  /** Tells what a machine of a size becomes; its cpus stay if the size's name means nothing. */
  Guest of(Guest now, List<GuestRule> rules) {
    var named = named(rules);
    return new Guest(
        named.map(Guest::cpuKind).orElse(now.cpuKind()),
        named.map(Guest::cpus).orElse(now.cpus()),
        memoryMb == null ? now.memoryMb() : memoryMb);
  }

  private Optional<Guest> named(List<GuestRule> rules) {
    var name = size;
    if (name == null) {
      return Optional.empty();
    }
    return rules.stream()
        .flatMap(rule -> rule.cpusOf(name).map(cpus -> new Guest(rule.cpuKind(), cpus, 0)).stream())
        .findFirst();
  }

  /** Tells why a machine of a size cannot become what this asks for. */
  Optional<Objection> objection(Guest now, List<GuestRule> rules) {
    if (size != null && named(rules).isEmpty()) {
      return Optional.of(
          Objection.hard(
              "no-such-size",
              "there is no size " + size,
              rules.isEmpty()
                  ? "the platform's port names no sizes: change the memory alone"
                  : "sizes begin with "
                      + String.join(" or ", rules.stream().map(GuestRule::sizeName).toList())));
    }
    var guest = of(now, rules);
    var rule = rules.stream().filter(each -> each.cpuKind().equals(guest.cpuKind())).findFirst();
    if (rule.isEmpty()) {
      return Optional.of(
          Objection.overridable(
              "size-not-checked",
              "nobody can tell whether " + guest + " exists",
              "look at the platform's list of sizes"));
    }
    return rule.get()
        .problem(guest)
        .map(
            why ->
                Objection.hard(
                    "size-does-not-exist", why, "name memory and size that fit: scale(size, mb)"));
  }
}
