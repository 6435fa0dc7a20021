// What the records are called that a page refers to.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "web/page.h"

namespace assay {

// Titles of the records that a page refers to: collected first, then read with one query a register.
class TitleBook {
 public:
  explicit TitleBook(const Visit& visit) : visit_(visit) {}
  void want(const FieldDef& field, const Value& value);  // parts of embedded records included
  void want(const EntityDef& def, std::string_view id);
  void want(const Record& record);  // custom fields included
  void read();
  // The id itself when there is no title.
  std::string title(const EntityDef& def, std::string_view id) const;
  // A link, or the title alone where the person may not see the register.
  void link(HtmlWriter& h, const EntityDef& def, std::string_view id) const;
  // A value as a person reads it in a sentence: references as titles.
  std::string words(const FieldDef& field, const Value& value) const;

 private:
  const Visit& visit_;
  std::map<const EntityDef*, std::set<Id>> wanted_;
  std::map<const EntityDef*, std::map<Id, std::string>> titles_;
};

}  // namespace assay
