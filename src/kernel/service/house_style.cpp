#include "kernel/service/house_style.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "base/time.h"
#include "kernel/exchange/sniff.h"

namespace assay {
namespace {

using Months = std::array<std::string_view, 12>;
constexpr Months english{"January", "February", "March",     "April",   "May",      "June",
                         "July",    "August",   "September", "October", "November", "December"};
constexpr Months german{"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                        "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
constexpr Months french{"janvier", "février", "mars",      "avril",   "mai",      "juin",
                        "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
constexpr Months spanish{"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                         "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr Months italian{"gennaio", "febbraio", "marzo",     "aprile",  "maggio",   "giugno",
                         "luglio",  "agosto",   "settembre", "ottobre", "novembre", "dicembre"};
constexpr Months dutch{"januari", "februari", "maart",     "april",   "mei",      "juni",
                       "juli",    "augustus", "september", "oktober", "november", "december"};

// {0}: day, {1}: month, {2}: year.
struct Spelling {
  std::string_view style, pattern;
  const Months* months;
};
constexpr Spelling spellings[] = {
    {"en-GB", "{0} {1} {2}", &english}, {"en-US", "{1} {0}, {2}", &english},   {"de", "{0}. {1} {2}", &german},
    {"fr", "{0} {1} {2}", &french},     {"es", "{0} de {1} de {2}", &spanish}, {"it", "{0} {1} {2}", &italian},
    {"nl", "{0} {1} {2}", &dutch},
};

constexpr std::string_view prefix = "style.";
constexpr std::string_view names[] = {"logo_type", "logo", "dates", "classification"};

Problems problems_of(const HouseStyle& style) {
  Problems problems;
  if (style.logo.size() > largest_logo)
    problems.push_back({"logo", fmt::format("must have at most {} KB", largest_logo / 1024),
                        fmt::format("{} KB", style.logo.size() / 1024)});
  bool picture = style.logo.empty() || style.logo_type == "image/png" || style.logo_type == "image/jpeg";
  if (!picture || (!style.logo.empty() && sniff_media_type(style.logo, {}) != style.logo_type))
    problems.push_back({"logo", "must be a PNG or JPEG picture", style.logo_type});
  bool known = std::ranges::any_of(date_styles, [&](const DateStyle& item) { return item.name == style.dates; });
  if (!known) problems.push_back({"dates", "must be one of the ways to write dates", shorten(style.dates, 40)});
  if (!is_utf8(style.classification) || utf8_length(style.classification) > 60)
    problems.push_back({"classification", "must have at most 60 characters", shorten(style.classification, 60)});
  return problems;
}

}  // namespace

std::string written_day(std::string_view style, std::string_view day) {
  auto date = Date::parse(day.substr(0, 10));
  auto spelling = std::ranges::find(spellings, style, &Spelling::style);
  if (!date || spelling == std::end(spellings)) return date ? date->iso() : std::string(day);
  std::string iso = date->iso();
  int number = std::stoi(iso.substr(8, 2));
  auto month = static_cast<std::size_t>(std::stoi(iso.substr(5, 2)) - 1);
  return fmt::format(fmt::runtime(spelling->pattern), number, spelling->months->at(month), iso.substr(0, 4));
}

Result<HouseStyle> read_house_style(Workspace& workspace) {
  HouseStyle out;
  std::string* targets[] = {&out.logo_type, &out.logo, &out.dates, &out.classification};
  TRY(auto reader, workspace.read());
  for (std::size_t i = 0; i < std::size(names); ++i) {
    std::string key = fmt::format("{}{}", prefix, names[i]);
    Param find[] = {std::string_view(key)};
    TRY(auto value, reader->connection().one_text("select value from assay_setting where name = ?", find));
    if (value) *targets[i] = *value;
  }
  out.logo = base64_decode(out.logo).value_or("");
  return out;
}

Decision may_set_house_style(const Principal& principal) {
  if (principal.system || (!principal.read_only && principal.roles.any_of({Role::isms_owner, Role::administrator})))
    return {true, {}, {}};
  return {false, "The look of documents is set for the whole organisation.", "ISMS owner, administrator"};
}

Result<void> set_house_style(Workspace& workspace, const Principal& principal, const HouseStyle& style) {
  CHECK(demand(may_set_house_style(principal)));
  if (Problems problems = problems_of(style); !problems.empty())
    return fail(std::move(problems), "The look of documents was not changed.");
  return workspace.write(principal, [&](Transaction& transaction) -> Result<void> {
    std::string values[] = {style.logo_type, base64(style.logo), style.dates, style.classification};
    for (std::size_t i = 0; i < std::size(names); ++i) {
      std::string key = fmt::format("{}{}", prefix, names[i]);
      Param store[] = {std::string_view(key), std::string_view(values[i])};
      CHECK(
          transaction.connection().run("insert into assay_setting (name, value) values (?, ?) on conflict (name) do "
                                       "update set value = excluded.value",
                                       store));
    }
    return transaction.note("setting", "documents", "change", {},
                            fmt::format("{{\"logo\":\"{}\",\"dates\":{},\"classification\":{}}}",
                                        style.logo.empty() ? "" : hex(sha256(style.logo)), json_string(style.dates),
                                        json_string(style.classification)));
  });
}

}  // namespace assay
