// The SQL behind a page of a list. Used by Reader alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/store/database.h"
#include "kernel/store/reader.h"

namespace assay {

// The last row of the page before: its sort value (unset: null) and id.
struct Cursor {
  bool sort_is_null = true;
  std::string sort_text;
  Id id;
};
Result<std::optional<Cursor>> parse_cursor(const ListQuery& query);
std::string make_cursor(const ListQuery& query, const Record& last);

struct Segment {
  std::string sql;
  bool binds_sort = false;  // the cursor's sort value, twice
  bool binds_id = false;    // the cursor's id
};

class ListSql {
 public:
  ListSql(const ListQuery& query, Engine engine);
  std::vector<Segment> segments(const std::optional<Cursor>& cursor);
  Params bind(const Segment& segment, std::size_t limit);
  Params filter_params() const { return filter_params_; }
  std::string count_sql(std::int64_t most) const;
  ListRow read(const Row& row) const;

 private:
  void add_filters();
  void add_filter(const Filter& filter);
  void add_values(const Filter& filter);
  std::string condition_of(const Filter& filter);

  const ListQuery& query_;
  Engine engine_;
  std::string select_, joins_, where_;
  std::vector<const FieldDef*> columns_;
  std::vector<const FieldDef*> title_fields_;  // per column; null when it is no reference
  std::vector<std::string> kept_;              // texts behind the parameters
  std::vector<Param> filter_params_;
  std::vector<Param> bound_;
  std::optional<Cursor> cursor_;
  Param sort_param_;
};

LedgerEntry read_ledger_entry(const Row& row);  // columns in the order of the table

}  // namespace assay
