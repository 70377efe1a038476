package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hotdash.ops.fly.FlyCapacityException.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlyErrorsTest {
  private static final String GET = "GET " + FakeFly.APP + "/machines/m1";

  private static FlyException refused(int status, String body) {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(GET, status, body);
      return catchThrowableOfType(
          FlyException.class, () -> client.app("hotdash-production").machines().get("m1"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | invalid_argument: …value must be inside range [1s, 1m0s] | FlyRefusedException",
        "401 | unauthorized                                             | FlyAuthException",
        "403 | app belongs to another organization                      | FlyAuthException",
        "404 | machine not found                                        | FlyNotFoundException",
        "400 | invalid machine ID, 'm1'                                 | FlyNotFoundException",
        "409 | aborted: something else is at work                       | FlyConflictException",
        "409 | already_exists: name in use by machine 3d8d413b29d089    | FlyConflictException",
        "412 | failed_precondition: machine still active, refusing to start | FlyPreconditionException",
        "412 | machine getting replaced, refusing to start              | FlyPreconditionException",
        "422 | uniqueness constraint violated                           | FlyConflictException",
        "422 | Validation failed: Name under 63 chars                   | FlyRefusedException",
        "500 | internal                                                 | FlyRefusedException"
      })
  void get_refused_isTheExceptionThatSaysWhatToDo(int status, String text, String type) {
    var thrown = refused(status, "{\"error\":\"" + text + "\"}");

    assertThat(thrown.getClass().getSimpleName()).isEqualTo(type);
    assertThat(thrown.text()).isEqualTo(text);
    assertThat(thrown.status()).isEqualTo(status);
    assertThat(thrown.requestId()).contains("01JREQUEST-ord");
    assertThat(thrown.outcomeUnknown()).isFalse();
    assertThat(thrown).hasMessageContaining("fly machine.get").hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({
    "503, insufficient_capacity, out of capacity, REGION",
    "503, insufficient_capacity, retry gave up after: Validation failed: Name has already been taken, REGION",
    "422, volume_placement_capacity, no host for the volume, HOST",
    "409, unknown, aborted: could not reserve resource for machine: insufficient memory available to fulfill request, HOST",
    "412, unknown, insufficient resources to create new machine with existing volume 'vol_1', HOST",
    "403, unknown, organization Acme is using 20480 MB of memory in dfw which is over the allowed quota, ORGANISATION",
    "400, unknown, no capacity, REGION"
  })
  void get_noRoom_saysWhere(int status, String code, String text, Scope scope) {
    var thrown = refused(status, "{\"error\":\"" + text + "\",\"status\":\"" + code + "\"}");

    assertThat(thrown).isInstanceOf(FlyCapacityException.class);
    assertThat(((FlyCapacityException) thrown).scope()).isEqualTo(scope);
    assertThat(thrown.nextStep()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':'machine ID m1 lease currently held by alice@example.com, expires at 2026-11-20T14:03:40Z'} | alice@example.com | 2026-11-20T14:03:40Z",
        "{'status':'error','message':'machine ID m1 lease currently held by hello@fly.io, expires at 2022-10-20 19:59:06 +0000 UTC','code':'invalid'} | hello@fly.io | 2022-10-20T19:59:06Z",
        "machine ID m1 lease currently held by 0f2d@tokens.fly.io, expires at 2026-11-20T14:03:40.123Z | 0f2d@tokens.fly.io | 2026-11-20T14:03:40.123Z"
      })
  void get_foreignLease_namesHolderAndEnd(String body, String holder, Instant end) {
    var thrown = refused(409, body.replace('\'', '"'));

    assertThat(thrown).isInstanceOf(FlyLeaseHeldException.class);
    var held = (FlyLeaseHeldException) thrown;
    assertThat(held.holder()).contains(holder);
    assertThat(held.expiresAt()).contains(end);
    assertThat(held.nextStep().orElseThrow()).contains(holder);
  }

  @Test
  void get_foreignLeaseWithoutATime_isStillALease() {
    var thrown = refused(409, "{\"error\":\"lease currently held by bob, expires at soon\"}");

    assertThat(((FlyLeaseHeldException) thrown).expiresAt()).isEmpty();
    assertThat(((FlyLeaseHeldException) thrown).holder()).contains("bob");
  }

  @Test
  void get_page_keepsWhatItSays() {
    var thrown = refused(504, "<html>504 Gateway Time-out</html>");

    assertThat(thrown).isInstanceOf(FlyRefusedException.class);
    assertThat(thrown.text()).contains("504 Gateway Time-out");
    assertThat(thrown.retryable()).isTrue();
  }

  @Test
  void observedErrors_eachLandsInItsException() throws Exception {
    var landed = new ArrayList<String>();
    for (JsonNode error :
        new ObjectMapper().readTree(Specs.read("examples/errors-observed.json"))) {
      var body =
          error.has("body")
              ? error.get("body").asText()
              : new ObjectMapper()
                  .createObjectNode()
                  .put("error", error.get("text").asText())
                  .toString();
      var thrown = refused(error.get("status").asInt(), body);
      landed.add(
          thrown.getClass().getSimpleName().replace("Fly", "").replace("Exception", "")
              + (thrown instanceof FlyCapacityException room ? " " + room.scope() : ""));
    }

    assertThat(landed)
        .isEqualTo(
            List.of(
                "Conflict",
                "Conflict",
                "Refused",
                "Capacity REGION",
                "Capacity REGION",
                "Refused",
                "Refused",
                "LeaseHeld",
                "Capacity ORGANISATION",
                "Capacity HOST",
                "Precondition",
                "Precondition",
                "Capacity HOST",
                "Capacity REGION",
                "Refused",
                "NotFound",
                "NotFound"));
  }
}
