#include "kernel/store/sqlite_functions.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace assay {
namespace {

std::string_view argument(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void answer(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

std::optional<Date> day_of(sqlite3_value* value) { return Date::parse(argument(value).substr(0, 10)); }

std::optional<Instant> instant_of(sqlite3_value* value) {
  std::string_view text = argument(value);
  if (auto instant = Instant::parse(text)) return instant;
  if (auto day = Date::parse(text)) return Instant{day->days};
  return std::nullopt;
}

void as_of(sqlite3_context* context, int, sqlite3_value**) {
  answer(context, static_cast<SqliteQuestion*>(sqlite3_user_data(context))->day);
}

void parameter(sqlite3_context* context, int, sqlite3_value** values) {
  const auto& parameters = static_cast<SqliteQuestion*>(sqlite3_user_data(context))->parameters;
  auto found = parameters.find(argument(values[0]));
  if (found != parameters.end()) return sqlite3_result_double(context, found->second);
  std::string message = "no parameter " + std::string(argument(values[0]));
  sqlite3_result_error(context, message.c_str(), -1);
}

void days_between_function(sqlite3_context* context, int, sqlite3_value** values) {
  auto from = day_of(values[0]);
  auto to = day_of(values[1]);
  if (from && to) sqlite3_result_int64(context, days_between(*from, *to));
}

void hours_between(sqlite3_context* context, int, sqlite3_value** values) {
  auto from = instant_of(values[0]);
  auto to = instant_of(values[1]);
  if (from && to) sqlite3_result_double(context, static_cast<double>((to->seconds - from->seconds).count()) / 3600.0);
}

template <Date (Date::*Shift)(std::int64_t) const>
void shift(sqlite3_context* context, int, sqlite3_value** values) {
  auto day = day_of(values[0]);
  if (!day || sqlite3_value_type(values[1]) == SQLITE_NULL) return;
  std::int64_t count = std::clamp<std::int64_t>(sqlite3_value_int64(values[1]), -1'000'000, 1'000'000);
  answer(context, ((*day).*Shift)(count).iso());
}

void blank(sqlite3_context* context, int, sqlite3_value** values) {
  sqlite3_result_int(context, is_blank(argument(values[0])) ? 1 : 0);
}

void words(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  answer(context, replace_all(slug(argument(values[0])), "_", " "));
}

// text_list: collects at most what is shown, sorted.
using TextList = std::vector<std::string>;

void text_list_step(sqlite3_context* context, int, sqlite3_value** values) {
  auto** list = static_cast<TextList**>(sqlite3_aggregate_context(context, sizeof(TextList*)));
  if (!list || sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  if (!*list) *list = new TextList;  // NOLINT: freed in text_list_final, the only lifetime SQLite offers
  (*list)->emplace_back(argument(values[0]));
}

void text_list_final(sqlite3_context* context) {
  auto** list = static_cast<TextList**>(sqlite3_aggregate_context(context, 0));
  if (!list || !*list) return;
  std::unique_ptr<TextList> owned(*list);
  std::sort(owned->begin(), owned->end());
  bool more = owned->size() > 10;
  if (more) owned->resize(10);
  answer(context, join(*owned, ", ") + (more ? ", …" : ""));
}

}  // namespace

void add_sqlite_functions(sqlite3* handle, SqliteQuestion& question) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  auto add = [&](const char* name, int count, void (*function)(sqlite3_context*, int, sqlite3_value**)) {
    sqlite3_create_function_v2(handle, name, count, flags, &question, function, nullptr, nullptr, nullptr);
  };
  add("as_of", 0, &as_of);
  add("p", 1, &parameter);
  add("days_between", 2, &days_between_function);
  add("hours_between", 2, &hours_between);
  add("add_days", 2, &shift<&Date::plus_days>);
  add("add_months", 2, &shift<&Date::plus_months>);
  add("blank", 1, &blank);
  add("words", 1, &words);
  sqlite3_create_function_v2(handle, "text_list", 1, SQLITE_UTF8 | SQLITE_INNOCUOUS, nullptr, nullptr, &text_list_step,
                             &text_list_final, nullptr);
}

}  // namespace assay
