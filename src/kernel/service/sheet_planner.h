// Works out what an import would do, in two passes: which record each row is, then what becomes of it. Internal to
// kernel/service.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "kernel/service/reference_resolution.h"
#include "kernel/service/sheet_import.h"

namespace assay {

// Looks records up once for all rows.
class CachedLookup : public Lookup {
 public:
  explicit CachedLookup(const Reader& reader) : reader_(reader) {}
  std::optional<Record> find(const EntityDef& def, std::string_view id) const override;
  std::vector<Record> where(const EntityDef& def, std::string_view field, std::string_view value) const override;
  double parameter(std::string_view key) const override;

 private:
  const Reader& reader_;
  mutable std::unordered_map<std::string, std::optional<Record>> found_;
  mutable std::unordered_map<std::string, std::vector<Record>> lists_;
  mutable std::unordered_map<std::string, double> parameters_;
};

class SheetPlanner {
 public:
  SheetPlanner(const Reader& reader, const Principal& principal, const SheetTask& task,
               const SheetImportOptions& options, ReferenceIndex& references, CachedLookup& lookup);

  Result<void> identify();  // the first pass; all sheets before the second pass of any
  Result<void> decide();    // the second pass
  SheetPlan take() { return std::move(plan_); }

 private:
  std::string_view cell(const RowPlan& row, const MappedColumn& column) const;
  std::string place(const RowPlan& row, const MappedColumn& column) const;
  bool is_skipped(const std::vector<std::string>& cells, std::size_t index) const;
  void collect_rows();
  void note_columns();
  Result<void> assume_parent();
  Result<void> load_stored();
  Result<void> load_where(const Filter& filter);
  std::vector<Filter> wanted();
  std::string key_of(const std::vector<const FieldDef*>& fields, const Record& record) const;
  std::string key_of(const std::vector<const FieldDef*>& fields, const RowPlan& row);
  void match(RowPlan& row);
  void match_by_keys(RowPlan& row);
  Result<void> name_new(RowPlan& row);
  Result<Id> next_id();
  void claim(RowPlan& row);

  Result<void> decide(RowPlan& row);
  Result<void> read_fields(RowPlan& row, Record& record, const Record* stored);
  Result<void> read_field(RowPlan& row, const MappedColumn& column, Record& record, const Record* stored);
  Result<void> read_fixed(RowPlan& row, Record& record);
  Result<Value> read_value(const FieldDef& field, std::string_view text);
  Result<Problems> dangling(const FieldDef& field, const Value& value);
  void read_custom(RowPlan& row, Record& record);
  void finish_new(RowPlan& row, Record& record);
  void finish_changed(RowPlan& row, Record& record, const Record& stored);
  void derive(RowPlan& row, Record& record, const Record& base);
  void demand(RowPlan& row, const Record& record, const Record* stored);
  void judge(RowPlan& row, const Record& record, const Record* stored);
  std::string place_of_field(const RowPlan& row, std::string_view field) const;
  void count(RowPlan& row);

  const Reader& reader_;
  const Principal& principal_;
  const SheetTask& task_;
  const SheetImportOptions& options_;
  ReferenceIndex& references_;
  CachedLookup& lookup_;
  const EntityDef& def_;
  const CustomFields* custom_ = &CustomFields::none();
  SheetPlan plan_;
  std::vector<std::vector<const FieldDef*>> keys_;  // sets of fields that name a record, all of them mapped
  std::unordered_map<Id, Record> stored_;           // records that the rows may mean
  std::vector<std::unordered_map<std::string, Id>> stored_by_key_;  // in the order of keys_
  std::unordered_map<Id, std::size_t> claimed_;                     // id -> first row that is this record
  std::vector<std::unordered_map<std::string, std::size_t>> claimed_keys_;
  std::int64_t last_number_ = -1;  // of generated ids; -1: not read yet
};

}  // namespace assay
