#include "kernel/service/saved_views.h"

#include "base/random.h"
#include "base/text.h"

namespace assay {
namespace {

constexpr std::int64_t most_views = 50;  // of one account in one register

Result<void> demand_writer(const Principal& principal) {
  if (principal.read_only) return fail(ErrorKind::forbidden, "This access may only read.");
  return {};
}

Result<void> check(std::string_view name, std::string_view query) {
  if (is_blank(name) || utf8_length(name) > 80)
    return fail(Problems{{"name", "must have 1 to 80 characters", shorten(name, 60)}});
  if (query.size() > 4000) return fail(Problems{{"query", "is too long to be kept", shorten(query, 60)}});
  return {};
}

}  // namespace

Result<std::vector<SavedView>> SavedViews::list(const Principal& principal, const EntityDef& def) const {
  std::vector<SavedView> out;
  TRY(auto reader, workspace_.read());
  Param params[] = {std::string_view(principal.account), def.name()};
  CHECK(reader->connection().query(
      "select id, name, query from assay_saved_view where account = ? and register = ? order by name, id", params,
      [&](const Row& row) {
        out.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))});
      }));
  return out;
}

Result<void> SavedViews::save(const Principal& principal, const EntityDef& def, std::string_view name,
                              std::string_view query) const {
  CHECK(demand_writer(principal));
  name = trim(name);
  CHECK(check(name, query));
  std::string id = random_token(9);
  return workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    Connection& connection = transaction.connection();
    Param same[] = {std::string_view(principal.account), def.name(), name};
    CHECK(connection.run("delete from assay_saved_view where account = ? and register = ? and name = ?", same));
    Param own[] = {std::string_view(principal.account), def.name()};
    TRY(auto count,
        connection.one_integer("select count(*) from assay_saved_view where account = ? and register = ?", own));
    if (count.value_or(0) >= most_views)
      return fail(ErrorKind::limit, "You keep 50 views of this register. Remove one first.");
    Param row[] = {std::string_view(id), std::string_view(principal.account), def.name(), name, query};
    CHECK(connection.run("insert into assay_saved_view (id, account, register, name, query) values (?, ?, ?, ?, ?)",
                         row));
    return {};
  });
}

Result<void> SavedViews::remove(const Principal& principal, const EntityDef& def, std::string_view id) const {
  CHECK(demand_writer(principal));
  return workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    Param row[] = {id, std::string_view(principal.account), def.name()};
    CHECK(transaction.connection().run("delete from assay_saved_view where id = ? and account = ? and register = ?",
                                       row));
    return {};
  });
}

}  // namespace assay
