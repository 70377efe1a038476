package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import com.hotdash.ops.time.Time;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The repositories, and what is to be had of each by whom. Used under the server's lock. */
final class Repositories {
  private final List<Repository> all = new ArrayList<>();
  private final Routes routes = new Routes();

  Repositories(LogSite logs) {
    ActionsRoutes.addTo(routes, logs);
    IssueRoutes.addTo(routes);
  }

  Repository add(String owner, String name, Time time, AtomicLong ids) {
    var made = new Repository(77L + all.size(), owner, name, time, ids);
    all.add(made);
    return made;
  }

  /** Answers somebody who may see the repository, as far as the rights go. */
  Answer answer(Call call, Caller caller, String version, URI address) {
    var path = call.segments();
    if (path.equals(List.of("search", "issues")) && call.method().equals("GET")) {
      return search(call, caller, version, address);
    }
    var repository = repository(path, caller);
    var rights = caller.rights.get(repository);
    if (repository == null || rights == null) {
      throw Problem.notFound();
    }
    int skip = path.get(0).equals("repos") ? 3 : 2;
    var rest = path.subList(skip, path.size());
    if (rest.isEmpty() && call.method().equals("GET")) {
      return Answer.json(200, about(repository, rights));
    }
    var route = routes.find(call.method(), rest);
    if (route == null) {
      throw Problem.notFound();
    }
    var ask =
        new Ask(call, repository, route.wildcards(rest), rights, caller.login, version, address);
    synchronized (repository) {
      return permitted(ask, route);
    }
  }

  private static Answer permitted(Ask ask, Routes.Route route) {
    var accepted = route.right().header();
    if (!ask.rights().contains(route.right())) {
      throw Problem.forbidden(accepted);
    }
    boolean issues = route.pattern().get(0).equals("issues");
    if (issues && !ask.repository().issuesEnabled) {
      throw Problem.of(410, "Issues has been disabled in this repository.");
    }
    if (ask.repository().archived && !ask.call().method().equals("GET")) {
      throw Problem.of(403, "Repository was archived so is read-only.");
    }
    return route.work().answer(ask).with("X-Accepted-GitHub-Permissions", accepted);
  }

  private static Object about(Repository repository, Set<Right> rights) {
    boolean push = rights.contains(Right.PUSH);
    return Json.of(
        "id",
        repository.id,
        "name",
        repository.name,
        "full_name",
        repository.toString(),
        "private",
        true,
        "archived",
        repository.archived,
        "has_issues",
        repository.issuesEnabled,
        "default_branch",
        "main",
        "permissions",
        Json.of("admin", false, "push", push, "pull", true));
  }

  private @Nullable Repository repository(List<String> path, Caller caller) {
    for (var each : all) {
      boolean named =
          path.size() >= 3
              && path.get(0).equals("repos")
              && path.get(1).equalsIgnoreCase(each.owner)
              && path.get(2).equalsIgnoreCase(each.name);
      boolean numbered =
          path.size() >= 2
              && path.get(0).equals("repositories")
              && path.get(1).equals(Long.toString(each.id));
      if ((named || numbered) && caller.rights.containsKey(each)) {
        return each;
      }
    }
    return null;
  }

  private Answer search(Call call, Caller caller, String version, URI address) {
    var query = call.query().get("q");
    if (query == null || query.isBlank()) {
      throw Problem.invalid("Search", "q", "missing", null);
    }
    var search = Search.parse(query);
    var items = new ArrayList<Object>();
    for (var repository : all) {
      var rights = caller.rights.get(repository);
      if (rights != null && rights.contains(Right.ISSUES_READ) && search.covers(repository)) {
        var ask = new Ask(call, repository, List.of(), rights, caller.login, version, address);
        synchronized (repository) {
          search.find(repository).forEach(i -> items.add(IssueJson.issue(ask, repository, i)));
        }
      }
    }
    var pages = Pages.of(call, address + "/search/issues");
    var body =
        Json.of(
            "total_count", items.size(), "incomplete_results", false, "items", pages.cut(items));
    return pages.link(Answer.json(200, body), items.size());
  }
}
