package com.hotdash.ops.github;

import com.hotdash.ops.pipeline.Annotation;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.BuildError.Kind;
import com.hotdash.ops.secret.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands what the tools of a build say when they fail: tsc, eslint, npm, Docker, Prisma, Node,
 * the runner. It remembers the file that eslint names on a line of its own. Not thread-safe.
 */
final class BuildErrors {
  private static final int LONGEST = 500;
  private static final Pattern ESLINT_FILE =
      Pattern.compile(
          "^(?:##\\[\\w+\\])?(/?[\\w@.()\\[\\]$+-]+(?:/[\\w@.()\\[\\]$+-]+)*\\.(?:[cm]?[jt]sx?|vue))$");
  private static final Pattern ESLINT_ROW =
      Pattern.compile("^\\s+(\\d+):\\d+\\s+error\\s+(\\S.*)$");
  // ##[error]src/x.ts(3,4): error TS2322: …, and the form that tsc --pretty prints.
  private static final Pattern TSC =
      Pattern.compile(
          "^(?:##\\[error\\])?\\s*([^\\s(:]+?)(?:\\((\\d+),\\d+\\)|:(\\d+):\\d+):?\\s+(?:-\\s+)?error\\s+(TS\\d+:.*)$");

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Kind.OUT_OF_MEMORY,
              "JavaScript heap out of memory|Reached heap limit|ENOMEM|[Cc]annot allocate memory"
                  + "|OOMKilled|exit code:? 137\\b|code 137\\b|signal: killed|runner has received a"
                  + " shutdown signal.*memory"),
          new Rule(Kind.DISK, "ENOSPC|[Nn]o space left on device|[Dd]isk quota exceeded|EDQUOT"),
          new Rule(
              Kind.REGISTRY,
              "toomanyrequests|pull rate limit|npm (?:ERR!|error) code E(?:429|5\\d\\d)\\b"
                  + "|npm (?:ERR!|error) (?:429|5\\d\\d)\\b"
                  + "|received unexpected HTTP status: 5\\d\\d|unexpected status(?: code)?.*: (?:429|5\\d\\d)\\b"
                  + "|registry.*(?:502 Bad Gateway|503 Service Unavailable|504 Gateway)"
                  + "|ERR_PNPM_FETCH_5\\d\\d"),
          new Rule(
              Kind.AUTH,
              "npm (?:ERR!|error) code E(?:401|403)\\b|ENEEDAUTH|401 Unauthorized|403 Forbidden"
                  + "|denied: requested access|unauthorized: authentication required"
                  + "|no basic auth credentials|Authentication failed|[Bb]ad credentials"
                  + "|Permission to .* denied|Resource not accessible by integration"
                  + "|could not read Username|No access token available|insufficient_scope"),
          new Rule(
              Kind.NETWORK,
              "ECONNRESET|ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH"
                  + "|EPIPE|ERR_SOCKET_TIMEOUT|socket hang up"
                  + "|[Tt]emporary failure (?:in name resolution|resolving)"
                  + "|[Cc]ould not resolve host|i/o timeout|TLS handshake timeout"
                  + "|connection reset by peer|[Cc]onnection timed out|network is unreachable"
                  + "|no such host|UND_ERR_|fetch failed|unexpected EOF"
                  + "|lost communication with the server"),
          new Rule(
              Kind.PRISMA,
              "Prisma schema validation|\\bP[1-6]\\d{3}\\b[: ]|PrismaClient\\w*Error"
                  + "|Error: .*[Pp]risma|prisma:error|Error code: P\\d{4}"
                  + "|Query [Ee]ngine (?:library|binary).*not"),
          new Rule(
              Kind.TIMEOUT,
              "has (?:exceeded|timed out after) (?:the )?(?:maximum execution time|\\d+ minutes)"
                  + "|The (?:action|operation|job).*(?:timed out|was canceled)|[Tt]imed out (?:waiting|after)"
                  + "|context deadline exceeded"),
          new Rule(
              Kind.DEPENDENCY,
              "ERESOLVE|npm (?:ERR!|error) code (?:E404|ETARGET|EUSAGE|EBADENGINE|ENOVERSIONS|EINTEGRITY)"
                  + "|[`']npm ci[`'] can only install|Cannot find (?:module|package) '|ERR_MODULE_NOT_FOUND"
                  + "|Module not found: |Could not resolve \"|Rollup failed to resolve import"
                  + "|lock ?file .*(?:out of (?:date|sync)|not up to date)|ERR_PNPM_OUTDATED_LOCKFILE"
                  + "|failed to resolve import"),
          new Rule(Kind.TYPE, "\\berror TS\\d+:|Type error: |Found \\d+ errors? in "),
          new Rule(
              Kind.LINT,
              "✖ \\d+ problems? \\([1-9]|ESLint found too many warnings|Code style issues"
                  + "|stylelint.*error|Oops! Something went wrong! :\\("),
          new Rule(
              Kind.TEST,
              "^\\s*(?:FAIL|❯)\\s+\\S+\\.(?:test|spec)\\.|AssertionError|Tests?:?\\s+.*\\b[1-9]\\d* failed"
                  + "|Test Suites: .*[1-9]\\d* failed|^\\s*not ok \\d|^\\s+\\d+\\) \\[\\w+\\] ›"),
          new Rule(
              Kind.DOCKER,
              "ERROR: failed to (?:solve|build)|failed to solve:|executor failed running"
                  + "|did not complete successfully: exit code|dockerfile parse error"
                  + "|Dockerfile:\\d+|COPY failed|failed to compute cache key"
                  + "|manifest unknown|ERROR: failed to fetch"));

  private static final Pattern NODE_MODULE = Pattern.compile("TS2307|TS7016");

  // Most of a log is not about errors, and all rules on each line would take a minute for ten
  // megabytes. Each rule needs one of these; BuildErrorsTest would fail where one is missing.
  private static final List<String> SIGNS =
      List.of(
          "err",
          "fail",
          "enomem",
          "memory",
          "oom",
          "137",
          "killed",
          "shutdown",
          "space left",
          "enospc",
          "quota",
          "toomany",
          "rate limit",
          "http",
          "status",
          "registry",
          "denied",
          "auth",
          "forbidden",
          "credential",
          "not accessible",
          "token",
          "username",
          "scope",
          "econn",
          "etimed",
          "enotfound",
          "eai_",
          "enet",
          "ehost",
          "epipe",
          "hang up",
          "resolv",
          "timeout",
          "reset",
          "timed out",
          "unreachable",
          "no such host",
          "eof",
          "lost comm",
          "prisma",
          ": p",
          "query engine",
          "exceeded",
          "canceled",
          "eresolve",
          "npm ci",
          "module",
          "cannot find",
          "lock",
          "found",
          "\u2716",
          "eslint",
          "style",
          "went wrong",
          "assert",
          "not ok",
          "\u203a",
          "\u276f",
          "not complete",
          "dockerfile",
          "copy",
          "manifest");

  private @Nullable String eslintFile;

  private record Rule(Kind kind, Pattern pattern) {
    Rule(Kind kind, String regex) {
      this(kind, Pattern.compile(regex));
    }
  }

  Optional<BuildError> read(String line) {
    var tsc = TSC.matcher(line);
    if (line.contains("error") && tsc.find()) {
      return Optional.of(tsc(tsc));
    }
    var row = ESLINT_ROW.matcher(line);
    if (line.contains("error") && row.find()) {
      return Optional.of(
          new BuildError(Kind.LINT, eslintFile, number(row.group(1)), message(row.group(2))));
    }
    var file = ESLINT_FILE.matcher(line);
    if (file.find()) {
      eslintFile = file.group(1);
      return Optional.empty();
    }
    var small = line.toLowerCase(Locale.ROOT);
    if (SIGNS.stream().noneMatch(small::contains)) {
      return Optional.empty();
    }
    return kind(line).map(kind -> new BuildError(kind, null, 0, message(line)));
  }

  private static BuildError tsc(Matcher tsc) {
    int line = number(tsc.group(2) == null ? tsc.group(3) : tsc.group(2));
    var text = tsc.group(4);
    // A module without types is a package that is missing, not a slip in the code.
    var kind =
        NODE_MODULE.matcher(text).lookingAt() && !text.contains("'.") ? Kind.DEPENDENCY : Kind.TYPE;
    return new BuildError(kind, tsc.group(1), line, message(text));
  }

  private static Optional<Kind> kind(String text) {
    for (var rule : RULES) {
      if (rule.pattern().matcher(text).find()) {
        return Optional.of(rule.kind());
      }
    }
    return Optional.empty();
  }

  private static String message(String text) {
    var clean = text.replaceFirst("^##\\[\\w+\\]", "").strip();
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }

  private static int number(String digits) {
    return digits.length() > 9 ? 0 : Integer.parseInt(digits);
  }

  /**
   * Joins what the log said with the annotations of level failure. If neither says anything that is
   * understood, the annotations' and the log's own error lines stand, as unknown.
   */
  static List<BuildError> join(
      List<BuildError> fromLog, List<Annotation> annotations, List<String> errorLines) {
    var all = new LinkedHashSet<>(fromLog);
    var unknown = new ArrayList<BuildError>();
    for (var annotation : annotations) {
      if (annotation.level().equals("failure")) {
        var kind = kindOf(annotation);
        var file = annotation.path().startsWith(".github") ? null : annotation.path();
        var error =
            new BuildError(
                kind,
                file == null || file.isEmpty() ? null : file,
                file == null ? 0 : annotation.startLine(),
                message(annotation.message()));
        if (kind == Kind.UNKNOWN) {
          unknown.add(error);
        } else if (!known(all, error)) {
          all.add(error);
        }
      }
    }
    if (all.isEmpty()) {
      all.addAll(unknown);
    }
    if (all.isEmpty()) {
      errorLines.forEach(line -> all.add(new BuildError(Kind.UNKNOWN, null, 0, message(line))));
    }
    return List.copyOf(all);
  }

  private static Kind kindOf(Annotation annotation) {
    var text = annotation.title() + " " + annotation.message();
    if (text.contains("TS") && text.matches("(?s).*\\bTS\\d{4,5}\\b.*")) {
      return Kind.TYPE;
    }
    return kind(annotation.message()).orElse(Kind.UNKNOWN);
  }

  private static boolean known(Set<BuildError> all, BuildError error) {
    return all.stream()
        .anyMatch(
            each ->
                each.line() == error.line()
                    && each.file() != null
                    && error.file() != null
                    && (each.file().endsWith(error.file()) || error.file().endsWith(each.file())));
  }

  static List<BuildError> redacted(List<BuildError> errors, Redactor redactor) {
    return errors.stream()
        .map(
            error ->
                new BuildError(
                    error.kind(), error.file(), error.line(), redactor.redact(error.message())))
        .toList();
  }
}
