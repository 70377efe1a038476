package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.hotdash.ops.database.NewIndex;
import com.hotdash.ops.database.SchemaSteps;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaSqlTest {
  private static final Target PLACE =
      new Target(SchemaSteps.INDEX, "db#table=1#\"s\"\"x\".\"i;\"", "i");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX i ON s.t USING btree (a)",
        "CREATE UNIQUE INDEX \"i;\" ON s.t USING btree (a) WHERE (b <> 'it''s; \\ --'::text)",
        "CREATE INDEX \"a\"\"; drop\" ON s.t USING gin (((c -> 'x'::text)))",
      })
  void index_serversOwnDefinition_isBuiltConcurrently(String definition) {
    assertThat(SchemaSql.repeatable(definition)).isTrue();
    assertThat(SchemaSql.index(create(definition)))
        .isEqualTo(definition.replaceFirst("INDEX", "INDEX CONCURRENTLY"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "drop table x",
        "CREATE INDEX i ON s.t USING btree (a); drop table x",
        "CREATE INDEX i ON s.t USING btree (a) WHERE b = E'\\''; drop table x; --'",
        "CREATE INDEX i ON s.t USING btree (a) WHERE b = $$'$$; drop table x; --'",
        "CREATE INDEX i ON s.t (a) -- '\n; drop table x; --'",
        "CREATE INDEX i ON s.t (a) /* ' */; drop table x; --'",
        "CREATE INDEX i ON s.t (U&\"\\0022; x\")",
        "CREATE INDEX i ON s.t (a) WHERE b = 'open",
      })
  void index_definitionThatMayHoldMore_isRefused(String definition) {
    assertThat(SchemaSql.repeatable(definition)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> SchemaSql.index(create(definition)));
  }

  @Test
  void index_drop_quotesBothNames() {
    var step = new Step(SchemaSteps.DROP_INDEX, PLACE, Map.of(), Map.of(), Map.of(), null);

    assertThat(SchemaSql.index(step)).isEqualTo("DROP INDEX CONCURRENTLY \"s\"\"x\".\"i;\"");
  }

  @ParameterizedTest
  @CsvSource({
    "60000ms, SET idle_in_transaction_session_timeout = '60000ms'",
    "1.5 min, SET idle_in_transaction_session_timeout = '1.5 min'",
    "none, RESET idle_in_transaction_session_timeout",
  })
  void limit_time_isSetOrReset(String value, String sql) {
    assertThat(SchemaSql.limit(limit("o\"x", value))).isEqualTo("ALTER ROLE \"o\"\"x\" " + sql);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1'; drop role x; --", "5 years", "-1", "1s;"})
  void limit_anythingElse_isRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> SchemaSql.limit(limit("x", value)));
    assertThatIllegalArgumentException().isThrownBy(() -> SchemaSql.limit(limit("", "1s")));
  }

  @Test
  void prismaMigration_isOneStatementAndFitsTheScreen() {
    var migration = PrismaMigration.of(NewIndex.on("public.Order", "shop\"Id", "at"));

    assertThat(migration.sql())
        .isEqualTo(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS \"Order_shop\"\"Id_at_idx\" ON"
                + " \"public\".\"Order\" (\"shop\"\"Id\", \"at\");");
    assertThat(migration.schemaLine())
        .isEqualTo("@@index([shop\"Id, at], map: \"Order_shop\\\"Id_at_idx\")");
    assertThat(migration.name()).matches("[A-Za-z0-9_]+");
    assertThat(migration.toString()).contains("migrate resolve --applied", "indisvalid");
    assertThat(migration.toString().lines().count()).isLessThanOrEqualTo(24);
  }

  private static Step create(String definition) {
    return new Step(
        SchemaSteps.CREATE_INDEX,
        PLACE,
        Map.of(),
        Map.of(),
        Map.of(SchemaSteps.DEFINITION, definition),
        null);
  }

  private static Step limit(String role, String value) {
    return new Step(
        SchemaSteps.LIMIT_ROLE,
        new Target(SchemaSteps.ROLE, "db#role=3", "r"),
        Map.of(SchemaSteps.ROLE_NAME, role),
        Map.of(),
        Map.of(SchemaSteps.LIMIT, value),
        null);
  }
}
