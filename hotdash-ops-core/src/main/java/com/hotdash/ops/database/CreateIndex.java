package com.hotdash.ops.database;

import com.hotdash.ops.database.IndexSite.Alike;
import com.hotdash.ops.database.IndexSite.Likeness;
import com.hotdash.ops.database.IndexSite.Table;
import com.hotdash.ops.database.SchemaSteps.Place;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds an index while the application goes on writing. What a failed build left behind, of the
 * same name or columns, is dropped first. Undone by dropping the index, which keeps nobody out
 * either. Thread-safe.
 */
public final class CreateIndex extends SchemaAction {
  /** The action's id. */
  public static final String ID = "database.create-index";

  /** How long one build may take, unless said otherwise. */
  public static final Duration BUILD_WITHIN = Duration.ofHours(1);

  private final Duration buildWithin;

  /**
   * Makes the action for a database.
   *
   * @param reader the database; indexes can be built if it is a {@link Database}
   * @param buildWithin how long one build may take before the server is told to give it up; more
   *     than zero
   */
  public CreateIndex(DatabaseReader reader, Duration buildWithin) {
    super(reader, ID, Effect.REVERSIBLE);
    this.buildWithin = buildWithin;
  }

  @Override
  public Duration stepWithin() {
    return buildWithin;
  }

  @Override
  public Symptom symptom(Proposal proposal) {
    return new IndexSymptom(super.symptom(proposal), reader, proposal.goal());
  }

  /**
   * Finds out what building it would come to. Reads only.
   *
   * @param wanted the index
   * @param deadline when to stop looking
   * @return the change, with objections if it must not be made; or why it could not look
   */
  public Reading<Proposal> propose(NewIndex wanted, Deadline deadline) {
    return propose(
        deadline,
        (schema, until) -> {
          var site = schema.site(wanted, until);
          var statement = wanted.statement();
          var plan = statement == null ? null : schema.plan(statement, until);
          return site.map(seen -> new Draft(wanted, seen, plan).proposal(schema));
        });
  }

  /** What was read for one proposal, and what follows from it. */
  private final class Draft {
    private final NewIndex wanted;
    private final IndexSite site;
    private final @Nullable Reading<StatementPlan> plan;

    Draft(NewIndex wanted, IndexSite site, @Nullable Reading<StatementPlan> plan) {
      this.wanted = wanted;
      this.site = site;
      this.plan = plan;
    }

    Proposal proposal(SchemaReader schema) {
      var table = site.table();
      var steps = table == null ? List.<Step>of() : steps(table);
      return new Proposal(
          ID,
          table == null
              ? new Target(SchemaSteps.TABLE, database() + "#table=0", wanted.table())
              : SchemaSteps.table(database(), table.oid(), table.name()),
          table == null ? Map.of() : Map.of(SchemaSteps.TABLE_NAME, table.name()),
          steps,
          goal(),
          Pace.CAREFUL,
          notPromised(steps),
          steps.stream().map(schema::byHand).toList(),
          objections());
    }

    private List<Step> steps(Table table) {
      if (!site.missing().isEmpty() || site.definition().isEmpty() || equal().isPresent()) {
        return List.of();
      }
      var steps = new ArrayList<Step>();
      for (var leftover : leftovers()) {
        steps.add(
            SchemaSteps.dropLeftover(
                place(table, leftover.index(), leftover.name()), leftover, table.name()));
      }
      steps.add(
          SchemaSteps.create(
              place(table, site.index(), "index " + site.index() + " on " + table.name()),
              table.name(),
              site.definition()));
      return steps;
    }

    private Target place(Table table, String index, String label) {
      return SchemaSteps.index(database(), new Place(table.oid(), table.schema(), index), label);
    }

    private Optional<Alike> equal() {
      return site.alike().stream()
          .filter(each -> each.valid() && each.likeness() == Likeness.EQUAL)
          .findFirst();
    }

    /** An invalid index of other columns and the same name has somebody who must be asked. */
    private List<Alike> leftovers() {
      return site.alike().stream()
          .filter(each -> !each.valid() && !each.building() && each.likeness() == Likeness.EQUAL)
          .toList();
    }

    private Map<String, String> goal() {
      var goal = new TreeMap<String, String>();
      var statement = wanted.statement();
      if (statement != null) {
        goal.put(IndexSymptom.STATEMENT, statement);
        goal.put(IndexSymptom.USED_BY, site.index());
        if (plan != null) {
          plan.toOptional()
              .ifPresent(before -> goal.put(IndexSymptom.PLAN_BEFORE, before.toString()));
        }
      }
      return goal;
    }

    private List<Objection> objections() {
      var against = new ArrayList<>(site.objections());
      if (site.table() == null) {
        against.add(noTable());
      } else if (!site.missing().isEmpty()) {
        against.add(
            Objection.hard(
                "no-such-column",
                site.table().name() + " has no column " + String.join(", ", site.missing()),
                "it has " + String.join(", ", site.columns())));
      }
      site.alike().forEach(each -> objection(each).ifPresent(against::add));
      holdUps(site.holdUps()).ifPresent(against::add);
      return against;
    }

    private Objection noTable() {
      return site.candidates().isEmpty()
          ? Objection.hard(
              "no-such-table",
              "there is no table " + wanted.table(),
              "names are taken as the catalogue has them, capitals too")
          : Objection.hard(
              "no-such-table",
              "no single table is called " + wanted.table(),
              "say which: " + String.join(", ", site.candidates()));
    }

    private Optional<Objection> objection(Alike there) {
      if (there.building()) {
        return Optional.of(
            Objection.hard(
                "being-built",
                there.name() + " is being built right now",
                "wait for it: its progress is among the running changes"));
      }
      if (there.valid() && there.likeness() == Likeness.EQUAL) {
        return Optional.of(
            Objection.hard(
                "equal-index",
                there.name() + " has these columns already",
                "read the plan of the slow statement: why is it not used?"));
      }
      if (there.sameName() && there.likeness() != Likeness.EQUAL) {
        return Optional.of(
            Objection.hard(
                "name-taken",
                there.name() + " has this name and other columns",
                "give the new one another name: NewIndex.on(…).named(…)"));
      }
      return there.valid()
          ? Optional.of(
              Objection.overridable(
                  "covered",
                  there.name() + " begins with these columns",
                  "read the plan of the slow statement: why is it not used?"))
          : Optional.empty();
    }

    private List<String> notPromised(List<Step> steps) {
      var lines = new ArrayList<String>();
      if (plan != null) {
        lines.add(
            "Plan now: "
                + plan.toOptional()
                    .map(StatementPlan::toString)
                    .orElseGet(
                        () -> "not known, " + plan.obstacle().map(Object::toString).orElse("?")));
      }
      var table = site.table();
      if (steps.isEmpty() || table == null) {
        return lines;
      }
      if (steps.size() > 1) {
        lines.add("A failed build has left an invalid index behind: it is dropped first.");
      }
      lines.add(size(table));
      lines.add(
          "It takes disk space that cannot be seen from here, and every write costs a little more.");
      lines.add(
          "Writers go on; changes of the table's schema and its VACUUM wait until it is built.");
      hidden(site.hidden()).ifPresent(lines::add);
      return lines;
    }

    /** How long it takes nobody can tell: that hangs from the disk and from what else goes on. */
    private String size(Table table) {
      var bytes = table.indexBytes();
      return "Reads all %s of the table twice%s; the index: %s; given up after %d min."
          .formatted(
              megabytes(table.bytes()),
              table.rows() == null ? "" : " (about " + table.rows() + " rows)",
              bytes == null ? "size not known, never analyzed" : "about " + megabytes(bytes),
              buildWithin.toMinutes());
    }

    private static String megabytes(long bytes) {
      return bytes < 1 << 20 ? "less than 1 MB" : (bytes >> 20) + " MB";
    }
  }
}
