package com.hotdash.ops.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseLimitTest {
  @ParameterizedTest
  @CsvSource({", 10, 97, 47", "20, 20, 20, 0", "20, 15, 20, 5", "20, 21, 20, 0", "200, 10, 97, 47"})
  void inDatabase_ownLimit_countsWhereItIsTheNearerOne(
      @Nullable Integer limit, int used, int usable, int free) {
    var capacity =
        new Capacity(
            100,
            3,
            0,
            50,
            new Capacity.Quota("hotdash_app", null, used),
            new Capacity.Quota("hotdash", limit, used));

    assertThat(capacity.usableInDatabase()).isEqualTo(usable);
    assertThat(capacity.freeInDatabase()).isEqualTo(free);
  }
}
