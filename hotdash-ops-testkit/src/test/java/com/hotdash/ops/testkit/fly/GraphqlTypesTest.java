package com.hotdash.ops.testkit.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

/** That the simulator knows no field that Fly does not have. */
class GraphqlTypesTest {
  @Test
  void types_everyField_isInFlysSchema() {
    assumeThat(GraphqlSpec.atHand()).as("Fly's GraphQL schema is at hand").isTrue();

    GraphqlTypes.all()
        .forEach(
            (type, fields) -> {
              String theirs =
                  switch (type) {
                    case "Query" -> "Queries";
                    case "Mutation" -> "Mutations";
                    default -> type;
                  };
              fields.forEach(
                  (field, child) -> {
                    var found = GraphqlSpec.type(theirs, field);
                    assertThat(found).as(type + '.' + field).isNotNull();
                    if (!child.isEmpty()) {
                      assertThat(String.valueOf(found).replaceAll("[\\[\\]!]", ""))
                          .as(type + '.' + field)
                          .isEqualTo(child);
                    }
                  });
            });
  }
}
