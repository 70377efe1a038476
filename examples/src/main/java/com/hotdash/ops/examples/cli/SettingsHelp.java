package com.hotdash.ops.examples.cli;

import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.runbook.Setting;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The table of variables at the end of the help, one row for each that any module reads. */
final class SettingsHelp {
  private static final String SECTION = "settings";

  private SettingsHelp() {}

  static void addTo(CommandLine main) {
    main.getHelpSectionMap().put(SECTION, help -> table(help.colorScheme()));
    var order = new ArrayList<>(main.getHelpSectionKeys());
    order.add(order.indexOf(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING), SECTION);
    main.setHelpSectionKeys(List.copyOf(order));
  }

  private static String table(Help.ColorScheme colors) {
    var rows = Help.TextTable.forColumnWidths(colors, 42, 58);
    for (var setting : RunbookProcedures.settings()) {
      rows.addRowValues("  " + setting.name(), purpose(setting));
    }
    return "%nConfiguration, from the environment:%n".formatted() + rows;
  }

  private static String purpose(Setting setting) {
    return setting.purpose() + (setting.secret() ? " (secret)" : "");
  }
}
