package com.hotdash.ops.fly;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.runbook.AccessCheck;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.Setting;
import com.hotdash.ops.runbook.VendorModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Gives a runbook the app that {@code FLY_APP} names: its machines, releases, requests and logs, so
 * that the application can be asked machine by machine, and Fly's own status page.
 */
public final class FlyVendorModule implements VendorModule {
  private static final String TOKEN = "FLY_API_TOKEN";
  private static final String OTHER_TOKEN = "FLY_ACCESS_TOKEN";
  private static final String READ_TOKEN = "HOTDASH_OPS_FLY_READ_TOKEN";
  private static final String APP = "FLY_APP";

  /** For {@link java.util.ServiceLoader}. */
  public FlyVendorModule() {}

  @Override
  public List<Setting> settings() {
    var all = new ArrayList<Setting>();
    all.add(new Setting(APP, "the Fly app, such as hotdash-production", false));
    all.add(new Setting(TOKEN, "Fly token; a deploy token can read and change one app", true));
    all.add(new Setting(OTHER_TOKEN, "the same, and counts first, as with flyctl", true));
    all.add(new Setting(READ_TOKEN, "Fly token for logs and metrics; default the other", true));
    all.add(new Setting("FLY_ORG", "the organisation; default what Fly says", false));
    for (var service : FlyService.values()) {
      var what = "address of Fly's " + service.name().toLowerCase(Locale.ROOT);
      all.add(
          new Setting(
              service.variables().get(0), what + "; default " + service.defaultAddress(), false));
    }
    return all.stream().distinct().toList();
  }

  @Override
  public void configure(Environment environment, RunbookBuilder builder) {
    if (environment.text(APP).isEmpty()
        && environment.text(TOKEN).isEmpty()
        && environment.text(OTHER_TOKEN).isEmpty()) {
      return;
    }
    for (var name : List.of(TOKEN, OTHER_TOKEN, READ_TOKEN)) {
      environment.secret(name).ifPresent(builder::secret);
    }
    try {
      var name = environment.text(APP).orElseThrow(() -> wrong(APP + " is not set", "set " + APP));
      var client = client(environment);
      builder.owns(client);
      var app = app(client, name);
      builder
          .platform(app.platform())
          .instances(app.instances())
          .accessCheck(() -> app.checkAccess().checks());
      if (publicService(environment)) {
        builder.statusPage("Fly", "https://status.fly.io");
      }
    } catch (ConfigurationException e) {
      var next = e.nextStep().orElse("");
      builder
          .platform(new MisconfiguredPlatform(e))
          .accessCheck(() -> List.of(AccessCheck.unknown(TOKEN, e.problem(), next)));
    }
  }

  private static FlyClient client(Environment environment) {
    if (environment.text(TOKEN).isEmpty() && environment.text(OTHER_TOKEN).isEmpty()) {
      throw wrong(TOKEN + " is not set", "set " + TOKEN + ": fly tokens create deploy -a APP");
    }
    try {
      return FlyClient.from(environment).build();
    } catch (IllegalArgumentException e) {
      // The messages name the header or the address, never a value.
      throw wrong(
          "Fly's token or an address cannot be used: " + e.getMessage(),
          "check " + TOKEN + " for line breaks, and the addresses for https://host[/path]");
    }
  }

  private static FlyApp app(FlyClient client, String name) {
    try {
      return client.app(name);
    } catch (IllegalArgumentException e) {
      throw wrong(APP + " is not the name of an app", "set " + APP + " to the name of the app");
    }
  }

  private static boolean publicService(Environment environment) {
    return Arrays.stream(FlyService.values())
        .flatMap(service -> service.variables().stream())
        .allMatch(variable -> environment.text(variable).isEmpty());
  }

  private static ConfigurationException wrong(String problem, String nextStep) {
    return new ConfigurationException(Fault.of("fly", "configure", problem).withNextStep(nextStep));
  }
}
