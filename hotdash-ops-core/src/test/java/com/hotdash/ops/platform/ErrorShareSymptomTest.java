package com.hotdash.ops.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorShareSymptomTest {
  /** Requests and errors in the window, with 50 requests wanted and 5 % allowed. */
  @ParameterizedTest
  @CsvSource({
    "100, 5, gone",
    "100, 6, present",
    "9, 9, present",
    "49, 0, too little",
    "1, 0, too little",
    "NaN, 0, too little",
    "100, NaN, too little",
    "100, -1, too little",
  })
  void measure_onlyCountedRequests_areGoodNews(double requests, double errors, String expected) {
    var measured = measure(requests, errors);

    assertThat(measured.toOptional().map(each -> each.present() ? "present" : "gone"))
        .isEqualTo(Optional.of(expected).filter(each -> !each.equals("too little")));
    assertThat(measured.obstacle().map(NotChecked::why))
        .isEqualTo(Optional.of(Why.TOO_LITTLE_DATA).filter(why -> measured.toOptional().isEmpty()));
  }

  private static Reading<Symptom.Measurement> measure(double requests, double errors) {
    var window = Duration.ofSeconds(100);
    var platform = new SickPlatform().machine("m1", "image", MachineState.STARTED);
    platform.requestsPerSecond = requests / window.toSeconds();
    platform.errors.put("image", errors / requests);
    var goal = ErrorShareSymptom.goal(new RollBackLimits(1, false, 0.05, window, 50));
    return new ErrorShareSymptom(goal)
        .measure(platform.look(platform.clock.time().deadline(Duration.ofSeconds(1))));
  }
}
