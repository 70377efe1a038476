package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.pipeline.BuildError.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          TYPE | src/a.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'.
          TYPE | app/routes/x.tsx:7:3 - error TS2304: Cannot find name 'y'.
          TYPE | Type error: Property 'z' does not exist on type 'Q'.
          DEPENDENCY | src/a.ts(1,20): error TS2307: Cannot find module 'left-pad' or its corresponding type declarations.
          LINT | ✖ 3 problems (2 errors, 1 warning)
          LINT | ESLint found too many warnings (maximum: 0).
          LINT | [warn] Code style issues found in 2 files. Run Prettier with --write to fix.
          DEPENDENCY | npm error code ERESOLVE
          DEPENDENCY | npm ERR! code E404
          DEPENDENCY | npm error 'npm ci' can only install packages when your package.json and package-lock.json are in sync.
          DEPENDENCY | Error: Cannot find module 'express'
          DEPENDENCY | [vite]: Rollup failed to resolve import "foo" from "app/root.tsx".
          AUTH | npm error code E401
          AUTH | npm ERR! code E403
          AUTH | denied: requested access to the resource is denied
          AUTH | remote: Permission to acme/hotdash.git denied to github-actions[bot].
          AUTH | Error: Resource not accessible by integration
          AUTH | failed to authorize: failed to fetch anonymous token: unexpected status from GET request: 401 Unauthorized
          REGISTRY | toomanyrequests: You have reached your unauthenticated pull rate limit.
          REGISTRY | npm error code E503
          REGISTRY | npm ERR! 502 Bad Gateway - GET https://registry.npmjs.org/react
          REGISTRY | received unexpected HTTP status: 503 Service Unavailable
          NETWORK | npm error code ECONNRESET
          NETWORK | npm ERR! network request to https://registry.npmjs.org/x failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org
          NETWORK | curl: (6) Could not resolve host: api.machines.dev
          NETWORK | dial tcp 1.2.3.4:443: i/o timeout
          NETWORK | net/http: TLS handshake timeout
          NETWORK | read tcp 10.0.0.1:5->1.1.1.1:443: read: connection reset by peer
          OUT_OF_MEMORY | FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
          OUT_OF_MEMORY | ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 137
          DISK | Error: ENOSPC: no space left on device, write
          DISK | System.IO.IOException: No space left on device
          DOCKER | ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
          DOCKER | ERROR: failed to build: failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN
          DOCKER | Dockerfile:22
          DOCKER | failed to compute cache key: "/prisma": not found
          PRISMA | Error: P3009: migrate found failed migrations in the target database
          PRISMA | Error code: P1012
          PRISMA | Prisma schema validation - (get-config wasm)
          PRISMA | PrismaClientInitializationError: Can't reach database server
          TIMEOUT | ##[error]The job running on runner GitHub Actions 7 has exceeded the maximum execution time of 360 minutes.
          TIMEOUT | ##[error]The action 'Build' has timed out after 10 minutes.
          TEST | FAIL app/utils/x.test.ts > adds
          TEST | `Tests  2 failed | 30 passed (32)`
          TEST | AssertionError: expected 1 to be 2
          NONE | Tests  32 passed (32)
          NONE | added 1203 packages in 31s
          NONE | ✖ 2 problems (0 errors, 2 warnings)
          NONE | found 0 vulnerabilities
          NONE | #12 [build 4/9] RUN npm ci
          NONE | ##[error]Process completed with exit code 1.
          NONE | Compiled successfully; 0 errors
          """)
  void read_toolsWords_giveTheKind(String kind, String line) {
    assertThat(new BuildErrors().read(line).map(e -> e.kind().name()))
        .as(line)
        .isEqualTo(kind.equals("NONE") ? Optional.empty() : Optional.of(kind));
  }

  @Test
  void read_eslintStylish_takesTheFileFromItsOwnLine() {
    var rules = new BuildErrors();
    assertThat(rules.read("/home/runner/work/app/routes/app.tsx")).isEmpty();

    var error =
        rules
            .read("  12:7  error  'x' is assigned a value but never used  no-unused-vars")
            .orElseThrow();

    assertThat(error.kind()).isEqualTo(Kind.LINT);
    assertThat(error.file()).endsWith("routes/app.tsx");
    assertThat(error.line()).isEqualTo(12);
  }

  @Test
  void passing_onlyKindsThatPass() {
    assertThat(Kind.values())
        .filteredOn(Kind::passing)
        .containsExactlyInAnyOrder(Kind.NETWORK, Kind.REGISTRY);
  }
}
