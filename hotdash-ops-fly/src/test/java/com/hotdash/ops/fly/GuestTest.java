package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestTest {
  @ParameterizedTest
  @CsvSource({
    "shared, 1, 256, true",
    "shared, 2, 2048, true",
    "shared, 2, 256, false",
    "shared, 2, 600, false",
    "shared, 2, 8192, false",
    "shared, 3, 1024, false",
    "shared, 8, 16384, true",
    "performance, 2, 2048, false",
    "performance, 2, 5000, false",
    "performance, 2, 4096, true",
    "performance, 16, 131072, true",
    "performance, 32, 65536, true",
    "quantum, 1, 256, false"
  })
  void problem_isWhatFlyWouldRefuse(String kind, int cpus, int memory, boolean fits) {
    assertThat(new Guest(kind, cpus, memory).problem().isEmpty()).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "shared-cpu-2x, 2048, shared, 2",
    "performance-4x, 8192, performance, 4",
    "shared-cpu-8x, 2048, shared, 8"
  })
  void of_size_keepsTheGivenMemory(String size, int memory, String kind, int cpus) {
    assertThat(Guest.of(size, memory)).isEqualTo(new Guest(kind, cpus, memory));
    assertThat(Guest.of(size, memory).size()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({"shared-cpu-3x, 1024", "huge, 1024", "shared-cpu-2x, 512000", "performance-2x, 2048"})
  void of_whatDoesNotFit_isRefused(String size, int memory) {
    assertThatThrownBy(() -> Guest.of(size, memory)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void warning_performanceBetweenTheGuidesSteps_isGiven() {
    assertThat(new Guest("performance", 2, 5120).warning()).isPresent();
    assertThat(new Guest("performance", 2, 6144).warning()).isEmpty();
  }

  @Test
  void over_guestOfAConfig_keepsItsOtherFields() {
    Map<String, Object> read = Map.of("cpus", 2, "memory_mb", 512, "persist_rootfs", "always");
    var guest = Fields.of(read);

    assertThat(new Guest("shared", 4, 1024).over(guest))
        .containsEntry("persist_rootfs", "always")
        .containsEntry("cpus", 4)
        .containsEntry("memory_mb", 1024);
  }
}
