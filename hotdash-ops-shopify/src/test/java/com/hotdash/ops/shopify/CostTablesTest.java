package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostTablesTest {
  private static final Set<String> VALUES = Set.of("MoneyBag", "MoneyV2", "PageInfo");
  private static final Set<String> SEEN_FREE = Set.of("measurement", "currencyFormats");

  private final CostTables tables = CostTables.load();

  static Iterable<String> versions() {
    return CostSpecs.VERSIONS;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void tables_schema_sayTheSameOfEveryFieldThatIsAnObject(String version) {
    Map<String, Set<String>> types = new HashMap<>();
    for (var type : CostSpecs.schemaTypes(version)) {
      var kind = type.get("kind").asText();
      if (kind.equals("INTERFACE")) {
        assertThat(tables.isInterface(type.get("name").asText()))
            .as("%s", type.get("name"))
            .isTrue();
      }
      if (kind.equals("OBJECT") || kind.equals("INTERFACE")) {
        for (var field : type.get("fields")) {
          var named = named(field.get("type"));
          if (!Set.of("SCALAR", "ENUM").contains(named.get("kind").asText())) {
            types
                .computeIfAbsent(field.get("name").asText(), n -> new TreeSet<>())
                .add(named.get("name").asText());
          }
        }
      }
    }

    assertThat(types).hasSizeGreaterThan(1_700);
    types.forEach(
        (name, all) -> {
          boolean free = VALUES.containsAll(all) || SEEN_FREE.contains(name);
          assertThat(tables.free(name, "", Set.of("id"))).as("%s: %s", name, all).isEqualTo(free);
          if (all.contains("MoneyV2")) {
            assertThat(tables.free(name, "", Set.of("amount"))).as("%s", name).isTrue();
          }
        });
  }

  private static JsonNode named(JsonNode type) {
    return type.get("ofType").isNull() ? type : named(type.get("ofType"));
  }

  @Test
  void free_weightAndAddress_dependOnTheirOwner() {
    assertThat(tables.free("weight", "measurement", Set.of("unit"))).isTrue();
    assertThat(tables.free("weight", "package", Set.of("unit"))).isFalse();
    assertThat(tables.free("address", "locations", Set.of("city"))).isTrue();
    assertThat(tables.free("address", "businessEntity", Set.of("city"))).isFalse();
    assertThat(tables.free("fee", "sale", Set.of("amount", "id"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"free", "free a below b", "mutation a", "mutation a b c", "what is this"})
  void read_lineThatIsNone_isRefused(String line) {
    var text = "# fine\n\nfree a\n" + line + "\n";

    assertThatThrownBy(() -> CostTables.read(new BufferedReader(new StringReader(text))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line);
  }
}
