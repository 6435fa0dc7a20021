#include "web/title_book.h"

#include "base/text.h"

namespace assay {

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
  for (const FieldDef* field : visit_.custom_fields().all_of(*record.def)) want(*field, record.value(*field));
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

}  // namespace assay
