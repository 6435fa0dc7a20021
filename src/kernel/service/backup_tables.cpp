#include "kernel/service/backup_tables.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>

#include "base/file.h"
#include "base/text.h"
#include "kernel/store/value_marks.h"

namespace assay {
namespace {

// Numbers that the database gives out by itself.
bool is_generated(std::string_view table, std::string_view column) {
  return table == "assay_search_doc" && column == "number";
}

std::string quoted_list(const std::vector<std::string>& columns) {
  std::string out;
  for (const std::string& column : columns) out += (out.empty() ? "\"" : ", \"") + column + "\"";
  return out;
}

void append_row(std::string& out, const Row& row) {
  for (int i = 0; i < row.columns(); ++i) {
    out += i ? "," : "[";
    out += row.is_null(i) ? std::string("null") : json_string(row.text(i));
  }
  out += "]\n";
}

Result<void> dump_table(Connection& connection, const std::string& table, const std::filesystem::path& file) {
  std::vector<std::string> columns;
  Param params[] = {std::string_view(table)};
  CHECK(connection.query(
      "select column_name from information_schema.columns where table_schema = current_schema() and table_name = ? "
      "order by ordinal_position",
      params, [&](const Row& row) {
        if (!is_generated(table, row.text(0))) columns.emplace_back(row.text(0));
      }));
  TRY(TempFile out, TempFile::create(file.parent_path()));
  std::string text = "[";
  for (std::size_t i = 0; i < columns.size(); ++i) text += (i ? "," : "") + json_string(columns[i]);
  text += "]\n";
  // A cursor keeps a table of millions of rows out of memory.
  std::string cursor = "backup_" + table;
  CHECK(connection.script(
      fmt::format("declare \"{}\" no scroll cursor for select {} from \"{}\"", cursor, quoted_list(columns), table)));
  for (bool more = true; more;) {
    more = false;
    CHECK(connection.query(fmt::format("fetch forward 2000 from \"{}\"", cursor), {}, [&](const Row& row) {
      append_row(text, row);
      more = true;
    }));
    CHECK(out.write(text));
    text.clear();
  }
  CHECK(connection.script(fmt::format("close \"{}\"", cursor)));
  return out.rename_to(file);
}

Result<std::vector<std::string>> read_line(const std::string& line, std::vector<bool>* nulls) {
  boost::system::error_code error;
  boost::json::value json = boost::json::parse(line, error);
  if (error || !json.is_array()) return fail(ErrorKind::invalid, "a line of the backup is no JSON array");
  std::vector<std::string> out;
  for (const boost::json::value& item : json.as_array()) {
    if (nulls) nulls->push_back(!item.is_string());
    out.push_back(item.is_string() ? std::string(item.as_string()) : std::string());
  }
  return out;
}

}  // namespace

Result<std::vector<std::string>> dump_tables(Connection& connection, const std::filesystem::path& folder) {
  std::vector<std::string> tables;
  CHECK(
      connection.query("select table_name from information_schema.tables where table_schema = current_schema() and "
                       "table_type = 'BASE TABLE' "
                       "order by table_name",
                       {}, [&](const Row& row) { tables.emplace_back(row.text(0)); }));
  for (const std::string& table : tables) CHECK(dump_table(connection, table, folder / (table + ".jsonl")));
  return tables;
}

Result<void> load_table(Connection& connection, const std::string& table, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  if (!std::getline(in, line)) return fail(ErrorKind::invalid, "the backup of the table " + table + " is empty");
  TRY(std::vector<std::string> columns, read_line(line, nullptr));
  std::string sql =
      fmt::format("insert into \"{}\" ({}) values ({})", table, quoted_list(columns), value_marks(columns.size()));
  CHECK(connection.run(fmt::format("delete from \"{}\"", table)));
  while (std::getline(in, line)) {
    std::vector<bool> nulls;
    TRY(std::vector<std::string> values, read_line(line, &nulls));
    std::vector<Param> params;
    for (std::size_t i = 0; i < values.size(); ++i)
      params.push_back(nulls[i] ? Param() : Param(std::string_view(values[i])));
    if (params.size() != columns.size())
      return fail(ErrorKind::invalid, "a row of the table " + table + " has another number of columns");
    CHECK(connection.run(sql, params));
  }
  return {};
}

}  // namespace assay
