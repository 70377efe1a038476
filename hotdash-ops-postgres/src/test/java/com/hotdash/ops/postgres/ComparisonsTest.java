package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select * from orders where shop_id = $1 | orders | shop_id=",
        "select * from public.orders o where o.shop_id = $1 and o.at > $2 | public.orders o | o.shop_id= o.at~",
        "SELECT \"public\".\"orders\".\"id\" FROM \"public\".\"orders\" WHERE (\"public\".\"orders\".\"shop_id\" = $1 AND $2=$3) LIMIT $4 OFFSET $5 | public.orders | orders.shop_id=",
        "select * from a join b on a.id = b.a_id where b.kind in ($1, $2) | a b | b.kind=",
        "select * from a join b on a.id = b.a_id where b.kind IN ($1 /*, ... */) | a b | b.kind=",
        "select * from a, b where a.x = any ($1) and b.y between $2 and $3 | a b | a.x= b.y~",
        "update a set x = $1 where y = $2 | a | y=",
        "delete from only a where $1 = y and z <= $2 | a | y= z~",
        "select count(*) from a where x = $1 group by y having count(*) > $2 | a | x=",
        "select x = $1 from a | a | ",
        "select * from a where x = $1 or y = $2 | | ",
        "select * from a where x = y | a | ",
        "select * from a where lower(x) = $1 | a | ",
        "select * from a where x in (select y from b where z = $1) | a b | z=",
        "select * from a where not x = $1 and y = $2 | a | y=",
        "select * from a where x = CAST($1::text AS \"public\".\"Kind\") | a | x=",
        "select case when x = $1 then 1 end from a where y = $2 | a | y=",
        "select * from \"Order\" as \"O\" where \"O\".\"shopId\" = $1 | Order O | O.shopId=",
        "select * from a where x > now() - interval $1 and y >= date $2 and z < current_date | a | x~ y~ z~",
        "select extract($1 from x) from a where y = $2 | x a | y=",
        "select * from a where x = -- ; drop table\\n $1 | a | x=",
        "select * from a where not (x = $1 and z = $3) and y = $2 | a | y=",
        "select * from a where (x = $1) is not true and y = $2 | a | y=",
        "select * from a where (x = $1) = $3 and (y = $2) | a | y=",
        "select * from a where x = $1 + y and z = $2 + interval $3 | a | z=",
        "select | | ",
        "select * from | | ",
        "select * from a where ( | a | ",
        "select 'from b where x = 1' from a | a | ",
      })
  void of_statement_findsTablesAndWhatMustHold(String sql, String tables, String columns) {
    var found = Comparisons.of(sql.replace("\\n", "\n"));

    assertThat(
            found.tables().stream()
                .map(
                    table ->
                        (table.schema() == null ? "" : table.schema() + ".")
                            + table.name()
                            + (table.alias().equals(table.name()) ? "" : " " + table.alias()))
                .collect(Collectors.joining(" ")))
        .isEqualTo(tables == null ? "" : tables);
    assertThat(
            found.columns().stream()
                .map(
                    column ->
                        (column.qualifier() == null ? "" : column.qualifier() + ".")
                            + column.name()
                            + (column.equality() ? "=" : "~"))
                .collect(Collectors.joining(" ")))
        .isEqualTo(columns == null ? "" : columns);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select * from a where x = $1 order by y desc limit $2 | y",
        "select * from a where x = $1 order by a.y, z limit $2 | y",
        "select * from a where x = $1 order by y | ",
        "select * from a where x = $1 order by lower(y) limit $2 | ",
        "select * from a where x = $1 limit $2 | ",
      })
  void sort_isTheFirstOfALimitedStatement(String sql, String sort) {
    var found = Comparisons.of(sql).sort();

    assertThat(found == null ? null : found.name()).isEqualTo(sort);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1 | true",
        " WITH x AS (select $1) select * from x | true",
        "update a set b = $1 | true",
        "select 1; drop table a | false",
        "select \"a;b\" from c | false",
        "select 'a\\' | false",
        "drop table a | false",
        "create index on a (b) | false",
        "explain select 1 | false",
        "commit | false",
      })
  void plannable_onlyOneStatementThatCanBePrepared(String sql, boolean plannable) {
    assertThat(PlanScan.plannable(sql)).isEqualTo(plannable);
  }
}
