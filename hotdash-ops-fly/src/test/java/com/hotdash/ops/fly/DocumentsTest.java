package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentsTest {
  @Test
  void all_areValidForFlysSchema() {
    for (var document : Documents.ALL) {
      assertThat(Specs.graphQlObjections(document)).as(document).isEmpty();
    }
  }

  @Test
  void graphQlObjections_wrongField_isFound() {
    assertThat(Specs.graphQlObjections("{ app(name: \"a\") { nonsense } }")).isNotEmpty();
  }
}
