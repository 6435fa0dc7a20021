// Small things that the pages about one record share.
#include "web/record_parts.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "kernel/model/json.h"
#include "web/assets.h"

namespace assay {

Result<const EntityDef*> known_register(const Visit& visit) {
  std::string_view name = visit.request.param("register");
  if (const EntityDef* def = visit.registry().find(name)) return def;
  std::string nearest = visit.registry().nearest(name);
  return fail(ErrorKind::not_found, fmt::format("There is no register \"{}\".{}", shorten(name, 60),
                                                nearest.empty() ? "" : fmt::format(" Did you mean \"{}\"?", nearest)));
}

Result<Record> record_of(const Visit& visit, const EntityDef& def) {
  return visit.tenant.registers.read(visit.principal, def, visit.request.param("id"));
}

// ---- Fields --------------------------------------------------------------------------------------------------------

std::vector<FieldChange> custom_changes_in(const CustomFields& custom, const EntityDef& def,
                                           const boost::json::value& pair) {
  auto side = [&](std::size_t index) {
    Record record(def);
    const auto* values =
        pair.is_array() && pair.get_array().size() == 2 ? pair.get_array()[index].if_object() : nullptr;
    if (values) record.custom = custom_text(*values);
    return record;
  };
  return custom_changes(custom, side(0), side(1));
}

bool is_typed_in(const EntityDef& def, const FieldDef& field) {
  if (field.text.derived || field.retired) return false;
  if (def.lifecycle && def.lifecycle->field == field.name) return false;
  return field.text.pattern != "[0-9a-f]{64}";  // fingerprints are set with the file or text they are of
}

bool shows(const Visit& visit, const Record& record, const FieldDef& field) {
  return may_see_field(visit.principal, *record.def, field, &record).allowed;
}

std::string heading_of(const Visit& visit, const Record& record, const TitleBook& titles) {
  (void)visit;
  const FieldDef& title = record.def->title_field();
  std::string own = titles.words(title, record.at(title.name));
  if (is_blank(own)) own = record.id;
  if (title.kind == Kind::choice || title.kind == Kind::reference) own += " · " + record.id;
  if (record.def->text.parent.empty() || title.name == record.def->text.parent) return own;
  const FieldDef& parent = *record.def->find(record.def->text.parent);
  if (own.size() > 12 || is_empty(record.at(parent.name))) return own;
  return fmt::format("{} {}", titles.words(parent, record.at(parent.name)), own);
}

std::string kicker_of(const EntityDef& def) {
  if (def.text.clause.empty()) return std::string(def.text.label);
  return fmt::format("{} {} · {}", def.text.clause.starts_with("A.") ? "Control" : "Clause", def.text.clause,
                     def.text.label);
}

std::vector<Crumb> crumbs_of(const Record& record, const TitleBook& titles) {
  const EntityDef& def = *record.def;
  std::vector<Crumb> out;
  const FieldDef* parent = def.text.parent.empty() ? nullptr : def.find(def.text.parent);
  if (parent && !is_empty(record.at(parent->name))) {
    const EntityDef& whole = parent->target();
    out.push_back({std::string(whole.text.plural), list_url(whole)});
    out.push_back({titles.words(*parent, record.at(parent->name)), record_url(whole, record.text(parent->name))});
  } else {
    out.push_back({std::string(def.text.plural), list_url(def)});
  }
  return out;
}

// ---- Pieces --------------------------------------------------------------------------------------------------------

namespace {

std::string ago(std::int64_t seconds) {
  auto some = [](std::int64_t count, std::string_view unit) {
    return fmt::format("{} {}{} ago", count, unit, count == 1 ? "" : "s");
  };
  if (seconds < 60) return "just now";
  if (seconds < 3600) return some(seconds / 60, "minute");
  if (seconds < 24 * 3600) return some(seconds / 3600, "hour");
  if (seconds < 60 * 24 * 3600) return some(seconds / (24 * 3600), "day");
  if (seconds < 730LL * 24 * 3600) return some(seconds / (30 * 24 * 3600), "month");
  return some(seconds / (365LL * 24 * 3600), "year");
}

}  // namespace

void moment(HtmlWriter& h, std::string_view instant, Instant now) {
  auto when = Instant::parse(instant);
  if (!when) return h.text(instant);
  std::string exact = fmt::format("{} {} UTC", instant.substr(0, 10), instant.substr(11, 5));
  std::int64_t seconds = (now.seconds - when->seconds).count();
  h.el("time", {at("datetime", instant), at("title", exact)}, seconds < 0 ? exact : ago(seconds));
}

std::string file_size(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  auto value = static_cast<double>(bytes);
  if (bytes < 1'000'000) return decimal(value / 1e3, 1) + " kB";
  if (bytes < 1'000'000'000) return decimal(value / 1e6, 1) + " MB";
  return decimal(value / 1e9, 1) + " GB";
}

void section(HtmlWriter& h, std::string_view id, std::string_view title, const Html& actions,
             const std::function<void()>& body) {
  std::string heading = fmt::format("{}-title", id);
  h.el("section", {cls("card mb-3"), at("id", id), at("aria-labelledby", heading)}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title"), at("id", heading)}, title);
      if (!actions.empty()) h.el("div", {cls("card-actions no-print")}, actions);
    });
    body();
  });
}

}  // namespace assay
