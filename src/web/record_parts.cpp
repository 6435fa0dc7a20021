// Small things that the pages about one record share.
#include "web/record_parts.h"

#include <fmt/format.h>

#include "base/text.h"
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

// ---- Titles --------------------------------------------------------------------------------------------------------

void TitleBook::want(const EntityDef& def, std::string_view id) {
  if (!id.empty()) wanted_[&def].emplace(id);
}

void TitleBook::want(const FieldDef& field, const Value& value) {
  if (field.kind == Kind::reference) want(field.target(), text_of(value));
  if (field.kind == Kind::references) {
    for (const std::string& id : list_of(value)) want(field.target(), id);
  }
  for (const EmbeddedRow& row : rows_of(value)) {
    for (std::size_t i = 0; i < row.values.size(); ++i) want(field.parts()[i], row.values[i]);
  }
}

void TitleBook::want(const Record& record) {
  for (std::size_t i = 0; i < record.values.size(); ++i) want(record.def->fields[i], record.values[i]);
}

void TitleBook::read() {
  auto reader = visit_.tenant.workspace->read();
  if (!reader) return;  // ids stand for themselves
  for (auto& [def, ids] : wanted_) {
    if (!visit_.may(Action::see, *def)) continue;
    auto found = (*reader)->titles(*def, std::vector<Id>(ids.begin(), ids.end()));
    if (found) titles_[def].merge(*found);
  }
  wanted_.clear();
}

std::string TitleBook::title(const EntityDef& def, std::string_view id) const {
  auto book = titles_.find(&def);
  if (book == titles_.end()) return std::string(id);
  auto found = book->second.find(Id(id));
  return found == book->second.end() || found->second.empty() ? std::string(id) : found->second;
}

void TitleBook::link(HtmlWriter& h, const EntityDef& def, std::string_view id) const {
  std::string name = title(def, id);
  if (!visit_.may(Action::see, def)) return h.text(name);
  h.el("a", {at("href", record_url(def, id)), at_if(name != id, "title", id)}, name);
}

std::string TitleBook::words(const FieldDef& field, const Value& value) const {
  if (field.kind == Kind::reference && !is_empty(value)) return title(field.target(), text_of(value));
  if (field.kind == Kind::references) {
    std::vector<std::string> names;
    for (const std::string& id : list_of(value)) names.push_back(title(field.target(), id));
    return join(names, ", ");
  }
  return display(field, value);
}

// ---- Fields --------------------------------------------------------------------------------------------------------

bool is_typed_in(const EntityDef& def, const FieldDef& field) {
  if (field.text.derived) return false;
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
  return fmt::format("{} {} · {}", def.text.clause.starts_with("A.") ? "Control" : "Clause", def.text.clause, def.text.label);
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
  auto some = [](std::int64_t count, std::string_view unit) { return fmt::format("{} {}{} ago", count, unit, count == 1 ? "" : "s"); };
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

void section(HtmlWriter& h, std::string_view id, std::string_view title, const Html& actions, const std::function<void()>& body) {
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
