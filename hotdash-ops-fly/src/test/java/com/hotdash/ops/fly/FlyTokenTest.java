package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.fly.FlyService.Header;
import com.hotdash.ops.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlyTokenTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FlyV1 fm2_a,fm2_b,fo1_c | FlyV1 fm2_a,fm2_b | FlyV1 fm2_a,fm2_b,fo1_c | Bearer fm2_a,fm2_b,fo1_c",
        "fo1_c, fm1r_a           | FlyV1 fm1r_a      | FlyV1 fm1r_a,fo1_c      | Bearer fm1r_a,fo1_c",
        "bearer FLYV1 fm1a_x,,   | FlyV1 fm1a_x      | FlyV1 fm1a_x            | Bearer fm1a_x",
        "fo1_c                   | Bearer fo1_c      | Bearer fo1_c            | Bearer fo1_c",
        "Bearer plain-old        | Bearer plain-old  | Bearer plain-old        | Bearer plain-old"
      })
  void authorization_dependsOnTheService(
      String pasted, String machines, String graphQl, String releases) {
    var token = FlyToken.parse(Secret.of(pasted));

    assertThat(header(token, Header.MACAROONS)).isEqualTo(machines);
    assertThat(header(token, Header.ALL)).isEqualTo(graphQl);
    assertThat(header(token, Header.BEARER)).isEqualTo(releases);
    assertThat(token.authorization(Header.NONE)).isEmpty();
  }

  @Test
  void parse_schemeWordAlone_isRefused() {
    assertThatThrownBy(() -> FlyToken.parse(Secret.of("FlyV1 , ,")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String header(FlyToken token, Header header) {
    var auth = token.authorization(header).orElseThrow();
    return auth.scheme() + auth.credential().reveal();
  }
}
