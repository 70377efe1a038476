package com.hotdash.ops.shop;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What making subscriptions is for: none of them is missing. */
final class SubscriptionSymptom implements Symptom {
  private static final String WANTED = "wanted";

  private final ShopReader reader;
  private final List<Subscription> wanted;

  SubscriptionSymptom(ShopReader reader, Map<String, String> goal) {
    this.reader = reader;
    this.wanted =
        goal.getOrDefault(WANTED, "")
            .lines()
            .map(line -> line.split(" ", 2))
            .map(parts -> new Subscription(parts[0], parts[1]))
            .toList();
  }

  static Map<String, String> goal(List<Subscription> missing) {
    return Map.of(
        WANTED,
        missing.stream()
            .map(each -> each.topic() + " " + each.uri())
            .collect(Collectors.joining("\n")));
  }

  @Override
  public String goal() {
    return wanted.stream().map(Subscription::toString).collect(Collectors.joining(", "))
        + (wanted.size() == 1 ? " is subscribed to" : " are subscribed to");
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    try (var look = reader.look(deadline)) {
      return look.subscriptions().map(this::measured);
    }
  }

  private Measurement measured(ShopSubscriptions seen) {
    long missing = wanted.stream().filter(each -> !seen.present().contains(each)).count();
    return new Measurement(
        missing > 0 || wanted.isEmpty(),
        missing + " of " + wanted.size() + " subscriptions are missing",
        Map.of("missing", (double) missing));
  }
}
