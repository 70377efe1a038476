package com.hotdash.ops.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.database.Database;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.pipeline.Pipeline;
import com.hotdash.ops.platform.Platform;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.DatabaseChanges;
import com.hotdash.ops.runbook.DatabaseConnectionIssues;
import com.hotdash.ops.runbook.HighErrorRate;
import com.hotdash.ops.runbook.PipelineChanges;
import com.hotdash.ops.runbook.PlatformChanges;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.runbook.ShopApiErrors;
import com.hotdash.ops.runbook.ShopSecretRotation;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shop.Shop;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffersTest {
  static Stream<OfferedChange> offers() {
    return Runbook.resolutions().stream();
  }

  /** Whoever adds a resolution to the facade has to say here what it is. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        HighErrorRate.class,
        DatabaseConnectionIssues.class,
        ShopApiErrors.class,
        ShopSecretRotation.class,
        PlatformChanges.class,
        PipelineChanges.class,
        DatabaseChanges.class
      })
  void resolutions_ofTheFacade_areAllOffered(Class<?> part) {
    var methods =
        Arrays.stream(part.getDeclaredMethods())
            .filter(each -> Modifier.isPublic(each.getModifiers()))
            .filter(each -> each.getReturnType() == Resolution.class)
            .map(Method::getName)
            .collect(Collectors.toSet());

    assertThat(methods)
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(offers()).anyMatch(offer -> offer.line().contains("." + name + "(")));
  }

  @Test
  void resolutions_lines_areUniqueAndNameTheirInputs() {
    assertThat(offers().map(OfferedChange::line)).doesNotHaveDuplicates();
    assertThat(offers())
        .allSatisfy(
            offer ->
                assertThat(offer.inputs())
                    .allSatisfy(input -> assertThat(offer.line()).contains(input.name())));
    assertThat(offers().filter(each -> each.id().equals("platform.restart")))
        .isNotEmpty()
        .allSatisfy(
            restart -> {
              assertThat(restart.effect()).isEqualTo(Effect.IRREVERSIBLE);
              assertThat(restart.reversible()).isFalse();
              assertThat(restart.idempotent()).isFalse();
            });
  }

  @ParameterizedTest
  @MethodSource("offers")
  void resolution_nothingConfigured_saysWhatToSet(OfferedChange offer) {
    try (var ops = RunbookProcedures.builder().build()) {
      var given =
          offer.inputs().stream().collect(Collectors.toMap(Argument::name, Argument::example));

      assertThatThrownBy(() -> offer.resolution(ops, given))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageFindingMatch("[A-Z]+_[A-Z_]+");
      assertThatThrownBy(() -> offer.resolution(ops, Map.of("nothing", "x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes no nothing");
    }
  }

  /**
   * What is offered as data is what the real change says of itself; asking for it looks nowhere.
   */
  @ParameterizedTest
  @MethodSource("offers")
  void resolution_ofTheRealChange_hasTheIdAndTheEffectThatAreOffered(OfferedChange offer) {
    try (var ops =
        RunbookProcedures.builder()
            .database(port(Database.class))
            .platform(port(Platform.class))
            .pipeline(port(Pipeline.class))
            .shop(port(Shop.class))
            .secretSource(name -> Optional.of(Secret.of("value-of-" + name)))
            .build()) {
      var given =
          offer.inputs().stream().collect(Collectors.toMap(Argument::name, Argument::example));

      var resolution = offer.resolution(ops, given);

      assertThat(resolution.id()).isEqualTo(offer.id());
      assertThat(resolution.effect()).isEqualTo(offer.effect());
      assertThat(offer.reversible()).isEqualTo(resolution.effect() != Effect.IRREVERSIBLE);
    }
  }

  /** Nobody who is asked anything but who he is. */
  private static <T> T port(Class<T> kind) {
    return kind.cast(
        Proxy.newProxyInstance(
            kind.getClassLoader(),
            new Class<?>[] {kind},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "identity" -> new Estate.Part("port", kind.getSimpleName(), null);
                  case "redactor" -> Redactor.SHAPES;
                  case "toString" -> kind.getSimpleName();
                  default -> throw new AssertionError(method + " was asked");
                }));
  }

  @Test
  void procedures_everyIncident_answersLinesOfItsChapter() {
    assertThat(Runbook.procedures())
        .extracting(OfferedProcedure::incident)
        .containsExactly(Incident.values());
    assertThat(Runbook.procedures())
        .allSatisfy(
            each ->
                assertThat(each.lines())
                    .hasSizeGreaterThan(10)
                    .allMatch(id -> id.startsWith(each.incident().id() + ".")));
  }
}
