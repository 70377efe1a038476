package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hotdash.ops.secret.Redactor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {
  private static Machine machine(String json) {
    try {
      var map = new ObjectMapper().readValue(json, Map.class);
      return Machine.from(Fields.of(map), "machine.get", Redactor.SHAPES);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "create-serv", "update"})
  void from_documentedAnswer_isRead(String name) {
    var machine = machine(Specs.read("examples/machines-" + name + "-resp.json"));

    assertThat(machine.id()).isNotEmpty();
    assertThat(machine.instanceId()).isNotEmpty();
    assertThat(machine.managed()).isFalse();
    assertThat(machine.config()).isNotNull();
  }

  @Test
  void from_nullsEverywhere_isRead() {
    var machine =
        machine(
            "{\"id\":\"m\",\"state\":\"dreaming\",\"config\":null,\"events\":null,\"checks\":null,"
                + "\"image_ref\":{\"labels\":null},\"updated_at\":null}");

    assertThat(machine.state().value()).isEqualTo("dreaming");
    assertThat(machine.checks()).isEmpty();
    assertThat(machine.image()).isNull();
    assertThat(machine.healthy()).isEmpty();
    assertThat(machine.toString()).contains("dreaming");
  }

  @Test
  void from_withoutId_isNoMachine() {
    assertThatThrownBy(() -> machine("{\"state\":\"started\"}"))
        .isInstanceOf(FlyProtocolException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "started | [{'name':'c','status':'passing'}] | good",
        "started | [{'name':'c','status':'warning'}] | bad",
        "started | [{'name':'c','status':'passing'},{'name':'d','status':'critical'}] | bad",
        "started | [{'name':'bg_deployments_compat_1','status':'critical'},{'name':'c','status':'passing'}] | good",
        "started | [] | unknown",
        "started | null | unknown",
        "stopped | [{'name':'c','status':'passing'}] | unknown"
      })
  void healthy_notReportedYet_isUnknown(String state, String checks, String expected) {
    var machine =
        machine(
            "{'id':'m','state':'%s','checks':%s,'config':{'checks':{'c':{'type':'http'}}}}"
                .formatted(state, checks)
                .replace('\'', '"'));

    assertThat(machine.healthy().map(good -> good ? "good" : "bad").orElse("unknown"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'MonitorEvent':{'exit_event':{'exit_code':137,'oom_killed':true,'restarting':true}},'restart_count':3} | true",
        "{'exit_event':{'exit_code':1}} | true",
        "{'exit_event':{'exit_code':0}} | false",
        "{'exit_event':{'exit_code':137,'requested_stop':true}} | false",
        "{'exit_event':{'exit_code':0,'restarting':true}} | true"
      })
  void exit_bad_byFlyctlsRule(String request, boolean bad) {
    var machine =
        machine(
            ("{'id':'m','state':'stopped','events':[{'id':'e','type':'exit','timestamp':1763650020000,'request':"
                    + request
                    + "}]}")
                .replace('\'', '"'));

    assertThat(machine.lastExit().orElseThrow().bad()).isEqualTo(bad);
    assertThat(String.valueOf(machine.events().get(0).at())).startsWith("2025-11-20T14:47");
  }

  @ParameterizedTest
  @CsvSource({
    "v2, app, started, true",
    "v2, fly_app_release_command, started, false",
    "v2, fly_app_console, started, false",
    "v1, app, started, false",
    "v2, app, destroying, false"
  })
  void managed_isWhatFlyLaunchRuns(String platform, String group, String state, boolean managed) {
    var json =
        "{'id':'m','state':'%s','incomplete_config':{'metadata':{'fly_platform_version':'%s','process_group':'%s'}}}"
            .formatted(state, platform, group);

    assertThat(machine(json.replace('\'', '"')).managed()).isEqualTo(managed);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false",
    "true, true",
    "'\"off\"', false",
    "'\"stop\"', true",
    "'\"suspend\"', true"
  })
  void autostops_wordsAndTruthValues_areUnderstood(String value, boolean stops) {
    var machine =
        machine(
            "{\"id\":\"m\",\"state\":\"started\",\"config\":{\"services\":[{\"autostop\":"
                + value
                + "}]}}");

    assertThat(machine.config()).isNotNull();
    assertThat(java.util.Objects.requireNonNull(machine.config()).autostops()).isEqualTo(stops);
  }

  @Test
  void config_printed_showsNamesOnly() {
    var machine =
        machine(
            "{\"id\":\"m\",\"state\":\"started\",\"config\":{\"env\":{\"A\":\"planted-value\"}}}");

    assertThat(machine.toString() + machine.config()).doesNotContain("planted").contains("env");
  }
}
