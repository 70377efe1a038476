package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowInputsTest {
  private static final String ROLLBACK =
      """
      # What a person runs when a deploy is bad
      name: "Rollback production"
      run-name: Rollback ${{ inputs.reason }}

      on:
        push: # never
          branches: [main]
        workflow_dispatch:
          inputs:
            reason:
              description: |
                Why: is it rolled back?
                options:
                - not a key
              required: true
              type: string
            target_version:
              description: 'Which version: the last good one'
              required: false
              default: ''
            'environment':
              type: choice   # of two
              required: true
              default: production
              options:
              - staging
              - "production"
            dry_run: {}
      jobs:
        rollback:
          runs-on: ubuntu-latest
          steps:
            - run: |
              echo "anything: goes"
              \tand this too
      """;

  private static WorkflowInputs inputs(String yaml) {
    return WorkflowInputs.parse(yaml).orElseThrow();
  }

  private static WorkflowInputs rollback() {
    return inputs(ROLLBACK.replace("dry_run: {}", "dry_run:\n        type: boolean"));
  }

  @Test
  void parse_realFile_findsTheInputsAndNothingElse() {
    assertThat(rollback().inputs())
        .extracting(WorkflowInputs.Input::name)
        .containsExactly("reason", "target_version", "environment", "dry_run");
    assertThat(rollback().inputs().get(2).options()).containsExactly("staging", "production");
    assertThat(rollback().leftOut(Map.of("reason", "bad")))
        .containsExactly("target_version (empty)", "environment (production)", "dry_run (empty)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "reason=bad | -",
        "reason=bad,target_version=,environment=staging,dry_run=true | -",
        "target_version=117 | it requires the input reason",
        "reason= | it requires the input reason",
        "reason=bad,environment=prod | environment is one of staging, production, not prod",
        "reason=bad,dry_run=yes | dry_run is true or false, not yes",
        "reason=bad,target=1 | it takes no input target, but reason, target_version, environment,"
            + " dry_run",
      })
  void trouble_isWhatGitHubWouldRefuse(String given, String told) {
    var values = new TreeMap<String, String>();
    for (var pair : given.split(",", -1)) {
      values.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
    }

    assertThat(rollback().trouble(values)).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on: workflow_dispatch",
        "on: [push, workflow_dispatch]",
        "on:\n- push\n- workflow_dispatch",
        "on:\n  - push\n  - workflow_dispatch",
        "\"on\":\n  workflow_dispatch:",
        "'on':\n  workflow_dispatch: {}",
        "on:\n  workflow_dispatch: null\n  push:\n    tags:\n    - 'v*'",
        "---\r\non:\r\n  workflow_dispatch:\r\n  push:\r\n",
        "on:\n  workflow_dispatch:\n    inputs:\n",
      })
  void parse_everyFormOfATriggerWithoutInputs_hasNone(String yaml) {
    assertThat(inputs(yaml).inputs()).isEmpty();
    assertThat(inputs(yaml).trouble(Map.of("a", "b")))
        .isEqualTo("it takes no input a, and none at all");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"on: push", "on: [push]", "on:\n  push:\n  schedule:\n    - cron: '* * * * *'"})
  void parse_noSuchTrigger_cannotBeStarted(String yaml) {
    assertThat(WorkflowInputs.parse(yaml)).isEmpty();
  }

  /** A guess would refuse a start that is right, at three in the morning. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name: x",
        "on: {workflow_dispatch: {inputs: {a: {required: true}}}}",
        "on:\n  workflow_dispatch: {inputs: {}}",
        "on:\n  workflow_dispatch:\n    inputs: *shared",
        "on: &triggers\n  workflow_dispatch:",
        "on:\n\tworkflow_dispatch:",
        "on:\n  workflow_dispatch:\n    inputs:\n      a: {required: true}",
        "on:\n  workflow_dispatch:\n    inputs:\n      <<: *more\n      a:\n        type: string",
        "on:\n  workflow_dispatch:\n    inputs:\n      a:\n        options: [x,\n          y]",
        "on:\n  workflow_dispatch:\n    inputs:\n      a:\n        default: \"a\\u0062\"",
        "? on\n: push",
        "<html><body>Unicorn</body></html>",
        "\u0000\u0001",
      })
  void parse_otherForm_isNotGuessed(String yaml) {
    assertThatThrownBy(() -> WorkflowInputs.parse(yaml)).isInstanceOf(Outline.NotPlain.class);
  }

  @Test
  void parse_hugeFile_isNotRead() {
    assertThatThrownBy(() -> WorkflowInputs.parse("on: push\n" + "# x\n".repeat(200_000)))
        .isInstanceOf(Outline.NotPlain.class);
  }
}
