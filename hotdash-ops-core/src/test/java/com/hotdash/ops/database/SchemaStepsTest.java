package com.hotdash.ops.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.hotdash.ops.database.SchemaSteps.Place;
import com.hotdash.ops.resolution.Target;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaStepsTest {
  @ParameterizedTest
  @ValueSource(strings = {"plain", "a\".\"b", "x#table=7#\"y", "\"", "ü ; --", "a.b", "#role=3"})
  void place_anyName_isReadBackAsItWas(String name) {
    var place = new Place(16_403, "s" + name, name);

    assertThat(SchemaSteps.place(SchemaSteps.index("db.example.com/hotdash", place, "x")))
        .isEqualTo(place);
  }

  @ParameterizedTest
  @CsvSource({
    "database.index, db#table=1#public.x",
    "database.index, db#table=1#\"public\".\"x\" more",
    "database.index, db#table=-1#\"public\".\"x\"",
    "database.index, db#table=1#\"pub\"lic\".\"x\"",
    "database.table, db#table=1#\"public\".\"x\"",
  })
  void place_malformedOrAnotherKind_isRefused(String kind, String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SchemaSteps.place(new Target(kind, id, "x")));
  }

  @Test
  void oid_kindAndIdDiffer_isRefused() {
    assertThat(SchemaSteps.oid(SchemaSteps.table("db", 12, "t"))).isEqualTo(12);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SchemaSteps.oid(new Target(SchemaSteps.ROLE, "db#table=12", "t")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SchemaSteps.oid(new Target(SchemaSteps.TABLE, "db", "t")));
  }

  @Test
  void pool_ofAnotherProcess_isNotThisOne() {
    var own = SchemaSteps.pool("db", "shop#pool");
    var other = new Target(own.kind(), own.id() + "9", own.label());

    assertThat(SchemaSteps.pool(own)).contains("shop#pool");
    assertThat(SchemaSteps.pool(other)).isEmpty();
  }

  @Test
  void newIndex_namesThatCannotBe_areRefusedAtOnce() {
    for (var name : new String[] {"", "a\nb", "x\u0000", "x".repeat(64), "ü".repeat(32)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> NewIndex.on("t", name));
      assertThatIllegalArgumentException().isThrownBy(() -> NewIndex.on("t", "a").named(name));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> NewIndex.on("t"));
    assertThatIllegalArgumentException().isThrownBy(() -> NewIndex.on("t", "a", "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> NewIndex.on("t", "a").forStatement(" "));
  }

  @Test
  void nameOn_longNames_isCutWithinACharacterAndKeepsItsEnd() {
    var name = NewIndex.on("t", "ü".repeat(31), "b").nameOn("t".repeat(60));

    assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(60, 63);
    assertThat(name).endsWith("_idx");
    assertThat(NewIndex.on("t", "a", "b").nameOn("sales")).isEqualTo("sales_a_b_idx");
  }
}
