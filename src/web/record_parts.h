// Shared by the pages about one record. Internal to record_*.cpp and document_*.cpp.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <set>

#include "kernel/evidence/attachments.h"
#include "web/page.h"
#include "web/title_book.h"

namespace assay {

// The register that the address names. Error: not_found with the nearest name.
Result<const EntityDef*> known_register(const Visit& visit);
// The record that the address names, if this person may see it.
Result<Record> record_of(const Visit& visit, const EntityDef& def);

// The entry "custom" of a ledger entry's changes, [before, after], as changes of the fields that are defined.
std::vector<FieldChange> custom_changes_in(const CustomFields& custom, const EntityDef& def,
                                           const boost::json::value& pair);

// Fields that no form offers: worked out, moved by steps, or set by an upload.
bool is_typed_in(const EntityDef& def, const FieldDef& field);
bool shows(const Visit& visit, const Record& record, const FieldDef& field);  // see may_see_field()
// What a record is called on its page: "2.0" alone says little, so the parent's title stands before it.
std::string heading_of(const Visit& visit, const Record& record, const TitleBook& titles);
std::string kicker_of(const EntityDef& def);
std::vector<Crumb> crumbs_of(const Record& record, const TitleBook& titles);
// "3 days ago", with the exact moment in the title of the <time>.
void moment(HtmlWriter& h, std::string_view instant, Instant now);
std::string file_size(std::uint64_t bytes);

// A card with a heading that can be linked to.
void section(HtmlWriter& h, std::string_view id, std::string_view title, const Html& actions,
             const std::function<void()>& body);

// One value in full (lists of links, long texts with line breaks), unlike value_cell() of lists.
void full_value(HtmlWriter& h, const TitleBook& titles, const FieldDef& field, const Value& value);

// Parts of the record page.
void write_fields(HtmlWriter& h, const Visit& visit, const Record& record, const TitleBook& titles);
void write_embedded(HtmlWriter& h, const Visit& visit, const Record& record, const TitleBook& titles);
void write_steps(HtmlWriter& h, Visit& visit, const Record& record);
bool write_findings(HtmlWriter& h, Visit& visit, const Record& record);
void write_children(HtmlWriter& h, Visit& visit, const Record& record);
void write_evidence(HtmlWriter& h, Visit& visit, const Record& record);
void write_relations(HtmlWriter& h, Visit& visit, const Record& record);
void write_files(HtmlWriter& h, Visit& visit, const Record& record);
void write_comments(HtmlWriter& h, Visit& visit, const Record& record);
void write_history(HtmlWriter& h, Visit& visit, const Record& record, std::int64_t before);
// Documents, their versions, acknowledgements.
void write_document_part(HtmlWriter& h, Visit& visit, const Record& record);

// Puts a change among those that the visitor considers, and leads to what they would do (/what-if). Error: why it
// cannot be made, with the places of the change's own fields; it is not considered then.
Result<Response> consider(Visit& visit, const ProposedChange& change);
// A button beside the one that saves a form; nothing for those who are not told of findings. `action` takes the same
// form.
void consider_button(HtmlWriter& h, const Visit& visit, std::string_view action);

// Handlers of the other files, for the list in record_pages.cpp.
Response new_record_page(Visit& visit);
Response create_record(Visit& visit);
Response edit_record_page(Visit& visit);
Response save_record(Visit& visit);
Response record_row_fragment(Visit& visit);
Response step_page(Visit& visit);
Response take_step(Visit& visit);
Response consider_record(Visit& visit);
Response consider_change(Visit& visit);
Response consider_step(Visit& visit);
Response history_fragment(Visit& visit);
Response add_comment(Visit& visit);
Response upload_files(Visit& visit);
Response replace_file(Visit& visit);
Response download_file(Visit& visit);
Response view_file(Visit& visit);
Response new_evidence_page(Visit& visit);
Response create_evidence(Visit& visit);

// The inputs of a form, beside each field what it is for and what is wrong with it. `problems` with the field as place.
struct FormState {
  const Problems* problems = nullptr;
  std::string problem_of(std::string_view place) const;
};
enum class FieldWidth { half, full };
void form_field(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Value& value, const FormState& state,
                bool required, bool autofocus, FieldWidth width);
// Half or full for each field in order: a short text that would stand alone in its row takes all of it.
std::vector<FieldWidth> field_widths(const std::vector<const FieldDef*>& fields);
void reason_input(HtmlWriter& h, std::string_view value, bool required, const FormState& state);
// The reason and the version that a form carries beside the fields. Their inputs are "_reason" and "_version", since
// registers have fields called reason and version; where one has not, the plain names work too.
std::string reason_in(const Form& form, const EntityDef& def);
std::int64_t version_in(const Form& form, const EntityDef& def);
// Reads the fields of `fields` that were sent into `record`; misfits become problems and leave the value unset.
Problems read_fields(Record& record, const std::vector<const FieldDef*>& fields, const Form& form);
std::vector<const FieldDef*> editable_fields(const Visit& visit, const EntityDef& def, const Record* record);
void prefill(Record& record, const Request& request, const std::vector<const FieldDef*>& fields);

// Rows of embedded records in forms: inputs "field.0.part", "field.1.part", …
void embedded_input(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Value& value);
Result<Value> embedded_value(const FieldDef& field, const Form& form);

}  // namespace assay
