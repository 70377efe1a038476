package com.hotdash.ops.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnosisTest {
  private record Found(String id, Severity weight, Verdict verdict, String summary)
      implements Finding {
    @Override
    public List<Evidence> evidence() {
      return List.of();
    }
  }

  private static Found found(Verdict verdict) {
    return new Found("x", Severity.WARNING, verdict, "the tap drips, said " + verdict);
  }

  private static Diagnosis diagnosis(Verdict verdict, Finding... findings) {
    return new Diagnosis(
        Incident.HIGH_ERROR_RATE,
        new Estate("production", List.of()),
        Instant.EPOCH,
        verdict,
        Arrays.asList(findings),
        List.of(
            new NotChecked("database", Why.NOT_CONFIGURED, "nobody told", "set DATABASE_URL"),
            new NotChecked("logs", Why.TIMED_OUT, "no answer", "ask again")),
        List.of(),
        List.of());
  }

  @Test
  void diagnosis_problemThatNoFindingNames_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> diagnosis(Verdict.PROBLEM))
        .withMessageContaining("R2")
        .withMessageContaining("none of its findings");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> diagnosis(Verdict.PROBLEM, found(Verdict.OK), found(Verdict.UNKNOWN)));
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void page_anyVerdict_isWrittenAndSaysWhatDecides(Verdict verdict) {
    var text = diagnosis(verdict, found(Verdict.OK), found(verdict)).toString();

    assertThat(text).contains("[" + verdict + "]", "Not checked");
    if (verdict != Verdict.OK) {
      assertThat(text).contains("[" + verdict + "] the tap drips, said " + verdict);
    }
  }

  @Test
  void page_unknown_namesWhatStandsInTheWayBeforeWhatIsNotConfigured() {
    assertThat(diagnosis(Verdict.UNKNOWN).toString()).containsPattern("Next +ask again\n");
  }

  @Test
  void page_forAReaderWhoTypesNoJava_saysTheNextThingInItsTerms() {
    assertThat(diagnosis(Verdict.UNKNOWN).page(line -> "please " + line).toText(100))
        .containsPattern("Next +please ask again\n");
  }

  @Test
  void page_unknownWithoutAnyFinding_isWritten() {
    assertThat(diagnosis(Verdict.UNKNOWN).toString()).contains("not everything could be looked at");
  }
}
