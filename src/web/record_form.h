// One form of a record, for new, edit and evidence. Internal to record_*.cpp.
#pragma once

#include "web/record_parts.h"

namespace assay {

struct RecordForm {
  Visit& visit;
  const Record& record;  // with the values to show; version 0: a new one
  std::vector<const FieldDef*> fields;
  std::string action, cancel, button;
  const Error* error = nullptr;
  const Record* stored = nullptr;  // what somebody else saved meanwhile
  std::string reason = {};
  std::string consider = {};  // where the same form goes to be tried; empty: it cannot be
  bool uploads = false;
  std::function<void(HtmlWriter&)> before_fields = {};
};
void write_record_form(HtmlWriter& h, const RecordForm& form);

// Where a new record of the register is written when it has a page of its own, since a file, a text or a signature comes
// with it or its whole is the place; with what the address prefills. Such records are not copied.
std::optional<std::string> own_new_page(const Visit& visit, const EntityDef& def);

}  // namespace assay
