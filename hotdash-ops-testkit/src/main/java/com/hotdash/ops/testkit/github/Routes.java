package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes below a repository. */
final class Routes {
  private final List<Route> all = new ArrayList<>();

  @FunctionalInterface
  interface Work {
    Answer answer(Ask ask);
  }

  record Route(String method, List<String> pattern, Right right, Work work) {
    boolean fits(String asked, List<String> path) {
      if (!method.equals(asked) || path.size() != pattern.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        if (!pattern.get(i).equals("*") && !pattern.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    List<String> wildcards(List<String> path) {
      var found = new ArrayList<String>();
      for (int i = 0; i < path.size(); i++) {
        if (pattern.get(i).equals("*")) {
          found.add(path.get(i));
        }
      }
      return found;
    }
  }

  void add(String method, String pattern, Right right, Work work) {
    all.add(new Route(method, List.of(pattern.split("/")), right, work));
  }

  @Nullable Route find(String method, List<String> path) {
    return all.stream().filter(r -> r.fits(method, path)).findFirst().orElse(null);
  }
}
