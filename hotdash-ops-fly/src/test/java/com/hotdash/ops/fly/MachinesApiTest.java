package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That Fly's document is really held against requests. */
class MachinesApiTest {
  private static final String MACHINES = "/v1/apps/a/machines";

  @BeforeEach
  void document() {
    assertThat(Specs.folder()).isDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /m/nonsense | '' | ''",
        "GET    | ''          | regon=ord | ''",
        "GET    | /m/wait     | timeout=soon | ''",
        "POST   | /m/lease    | '' | {'ttl':'30'}",
        "POST   | /m/lease    | '' | {'tll':30}",
        "POST   | /m/lease    | '' | ''",
        "POST   | /m          | '' | {'config':{'image':'x'},'skip_lunch':true}",
        "POST   | /m          | '' | {'config':{'env':{'A':1}}}",
        "POST   | /m/cordon   | '' | {'a':1}",
        "POST   | /m          | '' | {'config'"
      })
  void objection_wrongRequest_isFound(String method, String path, String query, String body) {
    assertThat(Specs.objection(method, MACHINES + path, query, body.replace('\'', '"')))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | ''          | metadata.role=web&region=ord | ''",
        "GET    | /m/wait     | state=started&timeout=60 | ''",
        "POST   | /m/restart  | force_stop=false&timeout=30s | ''",
        "POST   | /m/lease    | '' | {'ttl':30,'description':'x'}",
        "POST   | /m          | '' | {'config':{'new':[1.5],'env':null,'image':'x'},'skip_launch':true}"
      })
  void objection_whatWeSend_isNone(String method, String path, String query, String body) {
    assertThat(Specs.objection(method, MACHINES + path, query, body.replace('\'', '"'))).isEmpty();
  }
}
