package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockGraphTest {
  @ParameterizedTest
  @CsvSource({"1, 5, 6", "2, 20, 30", "3, 60, 40", "4, 100, 900", "5, 200, 300", "6, 200, 12000"})
  void walk_randomGraph_isWhatBruteForceSays(int seed, int nodes, int edges) {
    var random = new Random(seed);
    var graph = new LockGraph();
    var blocks = new boolean[nodes + 1][nodes + 1];
    for (int i = 0; i < edges; i++) {
      int blocked = 1 + random.nextInt(nodes);
      int blocker = 1 + random.nextInt(nodes);
      if (blocked != blocker) {
        graph.add(blocked, blocker);
        blocks[blocker][blocked] = true;
      }
    }
    var reach = closure(blocks);

    assertThat(graph.roots())
        .containsExactlyElementsOf(numbers(nodes, n -> any(blocks[n]) && !any(column(blocks, n))));
    for (int blocker : graph.blockers()) {
      assertThat(graph.direct(blocker))
          .containsExactlyElementsOf(numbers(nodes, n -> blocks[blocker][n]));
      assertThat(graph.all(blocker))
          .containsExactlyElementsOf(numbers(nodes, n -> n != blocker && reach[blocker][n]));
    }
  }

  @Test
  @Timeout(5)
  void all_twoHundredWaitersEachBehindAllBefore_isQuick() {
    var graph = new LockGraph();
    for (int blocked = 2; blocked <= 201; blocked++) {
      for (int blocker = 1; blocker < blocked; blocker++) {
        graph.add(blocked, blocker);
      }
    }

    assertThat(graph.roots()).containsExactly(1);
    assertThat(graph.all(1)).hasSize(200);
    assertThat(graph.direct(200)).containsExactly(201);
  }

  @Test
  void roots_cycle_hasNone() {
    var graph = new LockGraph();
    graph.add(1, 2);
    graph.add(2, 3);
    graph.add(3, 1);

    assertThat(graph.roots()).isEmpty();
    assertThat(graph.all(1)).containsExactly(2, 3);
    assertThat(graph.waiting()).containsExactly(1, 2, 3);
  }

  @Test
  void roots_cycleBehindARoot_findsTheRoot() {
    var graph = new LockGraph();
    graph.add(1, 2);
    graph.add(2, 1);
    graph.add(1, 9);

    assertThat(graph.roots()).containsExactly(9);
    assertThat(graph.all(9)).containsExactly(1, 2);
  }

  private static boolean[][] closure(boolean[][] edges) {
    int n = edges.length;
    var reach = new boolean[n][];
    for (int i = 0; i < n; i++) {
      reach[i] = edges[i].clone();
    }
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; reach[i][k] && j < n; j++) {
          reach[i][j] |= reach[k][j];
        }
      }
    }
    return reach;
  }

  private static boolean any(boolean[] row) {
    for (boolean cell : row) {
      if (cell) {
        return true;
      }
    }
    return false;
  }

  private static boolean[] column(boolean[][] edges, int column) {
    var cells = new boolean[edges.length];
    for (int i = 0; i < edges.length; i++) {
      cells[i] = edges[i][column];
    }
    return cells;
  }

  private static List<Integer> numbers(int nodes, java.util.function.IntPredicate chosen) {
    return new ArrayList<>(IntStream.rangeClosed(1, nodes).filter(chosen).boxed().toList());
  }
}
