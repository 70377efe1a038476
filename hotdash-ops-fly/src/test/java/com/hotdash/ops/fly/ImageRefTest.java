package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRefTest {
  @ParameterizedTest
  @CsvSource({
    "registry.fly.io/app:t1, registry.fly.io, app, t1, ",
    "registry.fly.io/app@sha256:aa, registry.fly.io, app, , sha256:aa",
    "registry.fly.io/app:t1@sha256:aa, registry.fly.io, app, t1, sha256:aa",
    "localhost:5000/team/app, localhost:5000, team/app, , ",
    "flyio/fastify-functions, docker.io, flyio/fastify-functions, , ",
    "nginx:latest, docker.io, nginx, latest, "
  })
  void parse_takesEveryForm(
      String text, String registry, String repository, String tag, String digest) {
    assertThat(ImageRef.parse(text)).isEqualTo(new ImageRef(registry, repository, tag, digest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "registry.fly.io/:tag"})
  void parse_whatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> ImageRef.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "r.io/a:1@sha256:x, r.io/a:2@sha256:x, true",
    "r.io/a:1@sha256:x, r.io/a:1@sha256:y, false",
    "r.io/a:1, r.io/a:1@sha256:y, true",
    "r.io/a:1, r.io/a:2, false",
    "r.io/a, r.io/a, false",
    "r.io/a:1, r.io/b:1, false"
  })
  void sameAs_goesByDigestWhereBothHaveOne(String one, String other, boolean same) {
    assertThat(ImageRef.parse(one).sameAs(ImageRef.parse(other))).isEqualTo(same);
  }
}
