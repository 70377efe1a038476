package com.hotdash.ops.logs;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line that says by itself what is wrong. Words are matched with their bounds and in any case, so
 * that {@code author} is no refusal and {@code 1500ms} no status.
 */
public enum Signature {
  /** The kernel of the machine ended a process for want of memory. */
  OOM_KERNEL("killed process", "out of memory: killed process \\d"),
  /** The platform's init reports that the process was ended for want of memory. */
  OOM_REPORTED("oom killed", "\\boom killed\\b"),
  /** The JavaScript engine hit its own heap limit. */
  OOM_V8_HEAP(
      "heap out of memory,reached heap limit,near heap limit",
      "javascript heap out of memory|\\breached heap limit|near heap limit"),
  /** The main process ended; the code is among the details. */
  EXIT("main child exited", "main child exited normally with code: (\\d{1,3})\\b"),
  /** The main process ended with 0 and is not restarted. */
  EXIT_NOT_RESTARTING("not restarting", "exited with exit code (\\d{1,3}), not restarting"),
  /** The platform gave up restarting. */
  CRASH_LOOP("max restart count", "reached its max restart count"),
  /** A platform check changed to failing. */
  CHECK_FAILED("health check", "health check (?:'([^']{1,80})' )?on port \\d{1,5} has failed"),
  /** A platform check changed to passing. */
  CHECK_PASSING("now passing", "health check (?:'([^']{1,80})' )?on port \\d{1,5} is now passing"),
  /** The proxy finds no machine: down, or at the hard concurrency limit. */
  PROXY_NO_MACHINE("[pr", "\\[(pr\\d\\d)\\]"),
  /** The proxy cannot connect to the application: wrong port, or not listening yet. */
  PROXY_CONNECT("[pc", "\\[(pc\\d\\d)\\]"),
  /** The application's answer broke off. */
  PROXY_ANSWER_BROKE("[pu", "\\[(pu\\d\\d)\\]"),
  /** Other families of proxy errors: machine start, TLS, authorisation. */
  PROXY_OTHER("[p", "\\[(p[mta]\\d\\d)\\]"),
  /** A connection was refused; host and port are among the details. */
  NETWORK_REFUSED("econnrefused", "\\beconnrefused\\b(?: ([\\w.:\\[\\]-]{1,120}))?"),
  /** A connection was not made in time. */
  NETWORK_TIMEOUT(
      "etimedout,und_err_",
      "\\b(?:etimedout|und_err_\\w{1,20}_timeout)\\b(?: ([\\w.:\\[\\]-]{1,120}))?"),
  /** A name could not be resolved. */
  NETWORK_NAME("enotfound,eai_again", "\\b(?:enotfound|eai_again)\\b(?: ([\\w.:\\[\\]-]{1,120}))?"),
  /** A connection was reset. */
  NETWORK_RESET("econnreset", "\\beconnreset\\b(?: ([\\w.:\\[\\]-]{1,120}))?"),
  /** The database server or its pooler has no place left. */
  DATABASE_FULL(
      "connection slots,too many clients,max client connections,maxclientsin,p2037",
      "remaining connection slots are reserved|sorry, too many clients already|max client"
          + " connections reached|\\bmaxclientsin(?:session|transaction)mode\\b|\\bp2037\\b",
      "53300"),
  /** The application's own pool is empty; the server may be idle. */
  POOL_EMPTY(
      "timed out fetching,p2024",
      "timed out fetching a new connection from the connection pool|\\bp2024\\b"),
  /** The database does not answer. */
  DATABASE_UNREACHABLE("reach database,p1001", "can't reach database server|\\bp1001\\b"),
  /** A database operation took too long. */
  DATABASE_TIMEOUT(
      "canceling statement,p1008", "\\bp1008\\b|canceling statement due to statement timeout"),
  /** The server closed the connection. */
  DATABASE_CLOSED(
      "p1017,server has closed the connection", "\\bp1017\\b|server has closed the connection"),
  /** The database refused the credentials; wrong pooler user or project among them. */
  DATABASE_AUTH(
      "password authentication,sasl authentication,tenant or user,28p01",
      "password authentication failed for user|sasl authentication failed|tenant or user not"
          + " found|\\b28p01\\b"),
  /** The shop's service refused the token. */
  SHOP_AUTH("invalid api key", "invalid api key or access token"),
  /** A login or session was refused. */
  SESSION_AUTH(
      "unauthori,jwt expired,invalid jwt,invalid session token",
      "\\bunauthori[sz]ed\\b|\\bjwt expired\\b|\\binvalid (?:jwt|session token)\\b"),
  /** The shop's service throttled a call, which comes with status 200. */
  SHOP_THROTTLED(
      "throttled",
      "\\b(?:shopify|admin api|graphql)\\b[^\\n]{0,200}\\bthrottled\\b"
          + "|\\bthrottled\\b[^\\n]{0,200}\\b(?:shopify|admin api|graphql|myshopify)\\b"
          + "|\\bcode\\W{1,5}throttled\\b"
          + "|(?m:^\\W{0,3}(?:\\w{0,30}error: )?throttled\\W{0,3}$)"),
  /** The proxy waited in vain for a connection to the application. */
  PROXY_TIMEOUT("[p", "\\[(pc05|p[a-z]\\d\\d(?=\\][^\\n]{0,200}\\btimed out\\b))\\]"),
  /** A call to the shop's service was not answered in time. */
  SHOP_TIMEOUT(
      "timeout,timed out",
      "\\b(?:shopify|admin api|graphql)\\b[^\\n]{0,200}\\b(?:time(?:d )?out|\\w{1,20}timeout)\\b"
          + "|\\b(?:time(?:d )?out|\\w{1,20}timeout)\\b[^\\n]{0,200}\\b(?:shopify|admin api|graphql|myshopify)\\b"),
  /** Whoever asked the application gave up before the answer. */
  CLIENT_ABORT(
      "aborted,premature,disconnected,client closed",
      "\\brequest aborted\\b|\\bpremature[ _]close\\b|\\bclosed by client\\b"
          + "|\\bclient (?:has )?(?:aborted|disconnected|closed (?:the )?(?:request|connection))\\b",
      499),
  /** A gateway answered 504, from a status field or a request line. */
  GATEWAY_TIMEOUT("", null, 504);

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which nobody can change
  private final List<String> words;

  private final @Nullable Pattern pattern;
  private final int status;
  private final String code;

  Signature(String words, @Nullable String pattern) {
    this(words, pattern, 0, "");
  }

  Signature(String words, @Nullable String pattern, int status) {
    this(words, pattern, status, "");
  }

  Signature(String words, @Nullable String pattern, String code) {
    this(words, pattern, 0, code);
  }

  Signature(String words, @Nullable String pattern, int status, String code) {
    this.words = words.isEmpty() ? List.of() : List.of(words.split(",", -1));
    this.pattern = pattern == null ? null : Pattern.compile(pattern);
    this.status = status;
    this.code = code;
  }

  /** Words of which one must be there, in lower case. Those of seven letters can be scanned for. */
  List<String> words() {
    return words;
  }

  /**
   * Looks in a text in lower case, at the status, and at the error's code where that is a plain
   * number, which in a text may be any; the detail is empty if the line has none to tell.
   */
  @Nullable String detailIn(
      String lower, @Nullable Integer foundStatus, @Nullable String foundCode) {
    if (foundStatus != null && foundStatus == status) {
      return "";
    }
    for (var word : words) {
      if (lower.contains(word)) {
        var detail = detail(lower);
        if (detail != null) {
          return detail;
        }
        break;
      }
    }
    return foundCode != null && foundCode.equals(code) ? "" : null;
  }

  private @Nullable String detail(String lower) {
    if (pattern == null) {
      return null;
    }
    var found = pattern.matcher(lower);
    if (!found.find()) {
      return null;
    }
    // The group of the first alternative that has one.
    for (int group = 1; group <= found.groupCount(); group++) {
      if (found.group(group) != null) {
        return found.group(group);
      }
    }
    return "";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
