// Reading records: one, a page of a list, titles, history, search.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/model/custom_fields.h"
#include "kernel/store/database.h"
#include "kernel/store/query.h"
#include "kernel/store/search.h"

namespace assay {

struct ListRow {
  Record record;                    // the query's columns are filled
  std::vector<std::string> titles;  // per column: title of the record referred to; empty for other kinds
};

struct Page {
  std::vector<ListRow> rows;
  std::string next;        // cursor of the following page; empty at the end
  std::int64_t total = 0;  // records in the list; with `more_than_total` at least so many
  bool more_than_total = false;
};

// One entry of the ledger.
struct LedgerEntry {
  std::int64_t seq = 0;
  std::string at, actor, actor_name, record_register, record, operation, reason, changes, record_hash, leaf_hash;
  std::int64_t version = 0;
};

struct Referrers {
  const EntityDef* def = nullptr;
  const FieldDef* field = nullptr;
  std::vector<std::pair<Id, std::string>> records;  // id and title, at most `limit`
  std::int64_t total = 0;
};

class CustomFieldCache;

class Reader : public Lookup {
 public:
  // `parameters`: defaults of rulebook 0.3; what PolicyParameter says goes over them. Without `custom` there are no
  // custom fields; values under Record::custom are read and written all the same.
  Reader(const Registry& registry, Connection& connection, const std::map<std::string, double, std::less<>>& parameters,
         Date today, CustomFieldCache* custom = nullptr)
      : registry_(registry), connection_(connection), defaults_(parameters), today_(today), custom_cache_(custom) {}

  const Registry& registry() const { return registry_; }
  Connection& connection() const { return connection_; }
  Date today() const { return today_; }

  // The custom fields of the workspace, as they were when this reader first asked.
  Result<const CustomFields*> custom_fields() const;

  Result<Record> read(const EntityDef& def, std::string_view id) const;  // not_found names register and id
  Result<Page> list(const ListQuery& query) const;
  // Every record that the query's filters admit, in the order of id, without its page limit. Stops when `each` fails.
  Result<void> each(const ListQuery& query, const std::function<Result<void>(const Record&)>& each) const;
  Result<std::int64_t> count(const EntityDef& def) const;  // all records of a register, kept up to date by writes
  Result<std::map<Id, std::string>> titles(const EntityDef& def, const std::vector<Id>& ids) const;
  // One field of many records; those that are not there are left out.
  Result<std::map<Id, Value>> values(const EntityDef& def, const FieldDef& field, const std::vector<Id>& ids) const;
  Result<bool> exists(const EntityDef& def, std::string_view id) const;
  // Records of the registers that refer to this one, newest first.
  Result<std::vector<Referrers>> referrers(const EntityDef& def, std::string_view id, std::size_t limit) const;
  // Entries about one record, newest first; `before` pages on (0: from the newest).
  Result<std::vector<LedgerEntry>> history(const EntityDef& def, std::string_view id, std::int64_t before,
                                           std::size_t limit) const;
  // The same for what is no register record: an account, a custom field, …
  Result<std::vector<LedgerEntry>> history(std::string_view subject, std::string_view id, std::int64_t before,
                                           std::size_t limit) const;
  Result<SearchResult> search(const SearchQuery& query) const;
  // Records whose title contains the words, for pickers; all when blank.
  Result<std::vector<std::pair<Id, std::string>>> pick(const EntityDef& def, std::string_view words,
                                                       std::size_t limit) const;

  // Lookup: failures of the database read as "nothing there"; guards then refuse.
  std::optional<Record> find(const EntityDef& def, std::string_view id) const override;
  std::vector<Record> where(const EntityDef& def, std::string_view field, std::string_view value) const override;
  bool any(const EntityDef& def, std::string_view field, std::string_view value, const Wanted& wanted) const override;
  double parameter(std::string_view key) const override;
  using Lookup::any;
  using Lookup::find;
  using Lookup::where;

  // All parameters in force on a day.
  Result<std::map<std::string, double, std::less<>>> parameters(Date on) const;

 protected:
  const Registry& registry_;
  Connection& connection_;

 private:
  Result<void> each_of(const std::vector<Id>& ids, std::string_view select, const RowFunction& each) const;

  const std::map<std::string, double, std::less<>>& defaults_;
  Date today_;
  CustomFieldCache* custom_cache_;
  mutable const CustomFields* custom_ = nullptr;
};

// "name", "code" or what else names a record, as SQL over alias `alias`; references are followed by joins added to
// `joins`. `field` becomes the field whose kind the text has.
struct TitleSql {
  std::string expression;
  const FieldDef* field = nullptr;
};
TitleSql title_sql(const EntityDef& def, const std::string& alias, std::string& joins);

}  // namespace assay
