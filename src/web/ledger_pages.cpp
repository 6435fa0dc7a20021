// The ledger for people: who did what when and why, the signed head, one entry with its proof.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "base/text.h"
#include "kernel/service/ledger_view.h"
#include "kernel/service/verify.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

// Entries that are about no register.
constexpr std::string_view other_subjects[] = {"account", "token",         "session",    "comment",      "attachment",
                                               "setting", "document_body", "saved_view", "custom_field", "own_rule"};

bool may_verify(const Visit& visit) {
  constexpr Roles verifiers{Role::administrator, Role::isms_owner, Role::internal_auditor, Role::external_auditor};
  return visit.principal.system || visit.principal.roles.any_of(verifiers);
}

// The subjects whose every record this person may see: an entry repeats what stood in the record.
std::vector<std::string> readable_subjects(const Visit& visit) {
  std::vector<std::string> out;
  for (const EntityDef* def : visit.registry().all()) {
    if (visit.may(Action::see, *def) && !row_filter(visit.principal, *def)) out.emplace_back(def->name());
  }
  if (sees_conformity(visit)) out.emplace_back("rehearsal");
  if (may_verify(visit)) out.insert(out.end(), std::begin(other_subjects), std::end(other_subjects));
  return out;
}

std::int64_t number_in(std::string_view text) {
  std::int64_t number = -1;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

// ---- Sentences -----------------------------------------------------------------------------------------------------

std::string changed_fields(const Visit& visit, const EntityDef& def, const std::string& changes) {
  constexpr std::size_t most = 4;
  boost::system::error_code error;
  boost::json::value parsed = boost::json::parse(changes, error);
  if (error || !parsed.is_object()) return {};
  std::vector<std::string> labels;
  for (const auto& [key, pair] : parsed.get_object()) {
    if (key == "custom") {
      for (const FieldChange& change : custom_changes_in(visit.custom_fields(), def, pair))
        labels.emplace_back(change.field->text.label);
      continue;
    }
    const FieldDef* field = def.find(std::string_view(key.data(), key.size()));
    if (field && may_see_field(visit.principal, def, *field)) labels.emplace_back(field->text.label);
  }
  std::size_t all = labels.size();
  if (all > most) labels.resize(most);
  std::string text = join(labels, ", ");
  if (all > most) text += fmt::format(" and {} more", all - most);
  return text;
}

const Step* step_named(const EntityDef& def, std::string_view name) {
  if (!def.lifecycle) return nullptr;
  auto found = std::ranges::find(def.lifecycle->steps, name, &Step::name);
  return found == def.lifecycle->steps.end() ? nullptr : &*found;
}

void write_sentence(HtmlWriter& h, const Visit& visit, const LedgerEntry& entry) {
  const EntityDef* def = visit.registry().find(entry.record_register);
  h.el("b", entry.actor_name.empty() ? entry.actor : entry.actor_name);
  const Step* step = def ? step_named(*def, entry.operation) : nullptr;
  std::string fields = def && entry.operation == "change" ? changed_fields(visit, *def, entry.changes) : std::string();
  if (step) h.text(fmt::format(" took the step \"{}\" on ", step->label));
  else if (entry.operation == "create") h.text(" created ");
  else if (entry.operation == "import") h.text(" imported ");
  else if (entry.record_register == "rehearsal") h.text(" held ");
  else if (!fields.empty()) h.text(fmt::format(" changed {} of ", fields));
  else if (entry.operation == "change") h.text(" changed ");
  else h.text(fmt::format(": {} ", replace_all(entry.operation, "_", " ")));
  if (def)
    h.el("a", {at("href", record_url(*def, entry.record))},
         fmt::format("{} {}", in_sentence(def->text.label), entry.record));
  else if (entry.record_register == "rehearsal")
    h.el("a", {at("href", "/rehearsals/" + encode_url(entry.record))}, "rehearsal " + entry.record);
  else h.text(fmt::format("{} {}", replace_all(entry.record_register, "_", " "), entry.record));
  if (!is_blank(entry.reason)) h.text(fmt::format(", because: {}", entry.reason));
}

void write_entries(HtmlWriter& h, const Visit& visit, const LedgerPage& entries) {
  h.el("ol", {cls("list-group card ledger-list"), at("reversed", "reversed")}, [&] {
    for (const LedgerEntry& entry : entries.entries) {
      h.el("li", {cls("list-group-item")}, [&] {
        h.el("a",
             {cls("numeric quiet ledger-seq"), at("href", fmt::format("/ledger/{}", entry.seq)),
              at("aria-label", fmt::format("Entry {}", entry.seq))},
             fmt::format("#{}", entry.seq));
        h.el("span", {cls("sentence")}, [&] { write_sentence(h, visit, entry); });
        h.el("time", {cls("numeric text-secondary text-nowrap"), at("datetime", entry.at)},
             replace_all(entry.at.substr(0, 16), "T", " ") + " UTC");
      });
    }
  });
}

// ---- Filters -------------------------------------------------------------------------------------------------------

struct LedgerFilter {
  std::string subject, actor, from, until;
  Fields parameters() const {
    Fields out;
    for (const auto& [name, value] : {std::pair<std::string_view, std::string_view>{"register", subject},
                                      {"actor", actor},
                                      {"from", from},
                                      {"until", until}}) {
      if (!value.empty()) out.emplace_back(name, value);
    }
    return out;
  }
};

void date_field(HtmlWriter& h, std::string_view name, std::string_view label, std::string_view value) {
  h.el("label", {cls("filter-field")}, [&] {
    h.el("span", {cls("form-label")}, label);
    h.leaf("input", {at("type", "date"), cls("form-control"), at("name", name), at("value", value)});
  });
}

void write_filter(HtmlWriter& h, const Visit& visit, const LedgerFilter& filter,
                  const std::vector<std::string>& subjects) {
  h.el("form", {cls("filter-form no-print"), at("method", "get"), at("action", "/ledger")}, [&] {
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "Register");
      h.el("select", {cls("form-select"), at("name", "register")}, [&] {
        h.el("option", {at("value", "")}, "All");
        for (const std::string& subject : subjects) {
          const EntityDef* def = visit.registry().find(subject);
          h.el("option", {at("value", subject), flag("selected", subject == filter.subject)},
               def ? std::string(def->text.plural) : replace_all(subject, "_", " "));
        }
      });
    });
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "Who (full name)");
      h.leaf("input", {at("type", "text"), cls("form-control"), at("name", "actor"), at("value", filter.actor),
                       at("autocomplete", "off")});
    });
    date_field(h, "from", "From", filter.from);
    date_field(h, "until", "Until", filter.until);
    h.el("button", {cls("btn"), at("type", "submit")}, "Show");
    if (!filter.parameters().empty()) h.el("a", {cls("btn btn-ghost-secondary"), at("href", "/ledger")}, "Clear");
  });
}

// ---- Head ----------------------------------------------------------------------------------------------------------

void write_head(HtmlWriter& h, const Visit& visit, const std::optional<LedgerHead>& head) {
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "head")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "head")}, "Signed checkpoint");
      if (!head) return h.el("p", {cls("text-secondary mb-0")}, "The ledger is empty.");
      h.el("dl", {cls("facts")}, [&] {
        h.el("dt", "Entries");
        h.el("dd", {cls("numeric")}, grouped(static_cast<std::int64_t>(head->checkpoint.size)));
        h.el("dt", "Root");
        h.el("dd", [&] { h.el("code", {cls("hash")}, hex(head->checkpoint.root)); });
        h.el("dt", "Verifier key");
        h.el("dd", [&] { h.el("code", {cls("hash")}, visit.tenant.workspace->signing_key().verifier().text()); });
      });
      h.el("pre", {cls("note"), at("tabindex", 0), at("role", "region"), at("aria-label", "Signed note")}, head->note);
      h.el("div", {cls("btn-list no-print")}, [&] {
        h.el("a", {cls("btn"), at("href", "/ledger/checkpoint.txt")}, "Download checkpoint");
        h.el("a", {cls("btn"), at("href", "/ledger/verifier-key.txt")}, "Download key");
        if (!may_verify(visit)) return;
        h.el("form", {at("method", "post"), at("action", "/ledger/verify")}, [&] {
          hidden_csrf(h, visit);
          h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Verify now");
        });
      });
    });
  });
}

void write_offline(HtmlWriter& h) {
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "offline")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "offline")}, "Without trusting this page");
      h.el("p",
           "Every change is a leaf of a Merkle tree (RFC 9162); the checkpoint is a signed note over its root. Keep a "
           "downloaded checkpoint: no earlier entry "
           "can be altered, removed or put in later without changing the root.");
      h.el("p", [&] {
        h.text("On a copy of the data, run ");
        h.el("code", "assay verify");
        h.text(
            ": it recomputes every entry, the tree, the signature and the hash of every record, and names the first "
            "place that does not fit. Then compare the root "
            "and the number of entries with the checkpoint that you kept.");
      });
    });
  });
}

// ---- One entry -----------------------------------------------------------------------------------------------------

// The leaf repeats the whole change: shown to those who may see every field of it.
bool may_read_leaf(const Visit& visit, const LedgerEntry& entry) {
  const EntityDef* def = visit.registry().find(entry.record_register);
  if (!def) return may_verify(visit);
  return std::ranges::all_of(
      def->fields, [&](const FieldDef& field) { return may_see_field(visit.principal, *def, field).allowed; });
}

void write_proof(HtmlWriter& h, const LedgerProof& proof) {
  h.el("section", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("h2", {cls("card-title")}, "Inclusion proof");
      h.el("p", [&] {
        h.el("span", {cls("badge"), cls(proof.holds ? "bg-green-lt" : "bg-red-lt")}, [&] {
          h.add(icon(proof.holds ? "check" : "alert-triangle", "icon-sm me-1"));
          h.text(proof.holds ? "Leads to the signed root" : "Does not lead to the signed root");
        });
      });
      h.el("dl", {cls("facts")}, [&] {
        h.el("dt", "Place");
        h.el("dd", {cls("numeric")}, fmt::format("{} of {}", proof.index, proof.size));
        h.el("dt", "Leaf hash, worked out now");
        h.el("dd", [&] { h.el("code", {cls("hash")}, hex(proof.leaf)); });
        h.el("dt", "Root");
        h.el("dd", [&] { h.el("code", {cls("hash")}, hex(proof.root)); });
      });
      h.el("ol", [&] {
        for (const Hash& hash : proof.path) h.el("li", [&] { h.el("code", {cls("hash")}, hex(hash)); });
      });
    });
  });
}

Response plain_file(std::string text, std::string_view name) {
  Response response = Response::text(std::move(text));
  response.set_header("Content-Disposition", content_disposition("attachment", name));
  return response;
}

}  // namespace

Response ledger_page(Visit& visit) {
  auto value = [&](std::string_view name) { return std::string(trim(visit.request.query_value(name))); };
  LedgerFilter filter{value("register"), value("actor"), value("from"), value("until")};
  for (const std::string* day : {&filter.from, &filter.until}) {
    if (!day->empty() && !Date::parse(*day))
      return error_page(visit, fail(Problems{{"date", "must be a date YYYY-MM-DD", shorten(*day, 40)}}).error());
  }
  std::vector<std::string> subjects = readable_subjects(visit);
  LedgerQuestion question{.registers = subjects,
                          .actor = filter.actor,
                          .from = filter.from,
                          .until = filter.until,
                          .before = number_in(value("before"))};
  if (!filter.subject.empty()) {
    bool known = std::ranges::find(subjects, filter.subject) != subjects.end();
    question.registers = known ? std::vector{filter.subject} : std::vector<std::string>();
  }
  auto entries = ledger_page_of(*visit.tenant.workspace, question);
  if (!entries) return error_page(visit, entries.error());
  auto head = ledger_head(*visit.tenant.workspace);
  Frame frame{.title = "Ledger", .active = "ledger", .kicker = "Who did what, when and why"};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-xl-8")}, [&] {
        write_filter(h, visit, filter, subjects);
        if (entries->entries.empty()) empty_state(h, "history", "No entries", "Nothing that you may see fits.", {});
        else write_entries(h, visit, *entries);
        if (entries->more) {
          Fields older = filter.parameters();
          older.emplace_back("before", std::to_string(entries->entries.back().seq));
          h.el("p", {cls("mt-3 no-print")}, [&] {
            h.el("a", {cls("btn"), at("href", "/ledger?" + join_pairs(older))}, "Older entries");
          });
        }
      });
      h.el("div", {cls("col-xl-4")}, [&] {
        if (head) write_head(h, visit, *head);
        else problem_list(h, head.error());
        write_offline(h);
      });
    });
  });
}

Response ledger_entry_page(Visit& visit) {
  auto entry = ledger_entry(*visit.tenant.workspace, number_in(visit.request.param("seq")));
  if (!entry) return error_page(visit, entry.error());
  std::vector<std::string> subjects = readable_subjects(visit);
  if (std::ranges::find(subjects, entry->record_register) == subjects.end()) {
    return error_page(visit,
                      {ErrorKind::forbidden, "This entry is about a record that is not shown to you.", {}, {}, {}});
  }
  auto head = ledger_head(*visit.tenant.workspace);
  Result<std::optional<LedgerProof>> proof = std::nullopt;
  if (head && *head) proof = ledger_proof(*visit.tenant.workspace, *entry, **head);
  Frame frame{.title = fmt::format("Entry {}", entry->seq),
              .active = "ledger",
              .crumbs = {{"Ledger", "/ledger"}},
              .kicker = entry->at,
              .narrow = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("section", {cls("card mb-3")}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        h.el("p", [&] { write_sentence(h, visit, *entry); });
        h.el("h2", {cls("card-title")}, "Leaf");
        if (may_read_leaf(visit, *entry))
          h.el("pre", {cls("note"), at("tabindex", 0), at("role", "region"), at("aria-label", "Leaf as JSON")},
               leaf_text(*entry));
        else h.el("p", {cls("text-secondary")}, "It holds fields that are not shown to you.");
        h.el("dl", {cls("facts mb-0")}, [&] {
          h.el("dt", "Leaf hash");
          h.el("dd", [&] { h.el("code", {cls("hash")}, entry->leaf_hash); });
        });
      });
    });
    if (!proof) problem_list(h, proof.error());
    else if (*proof) write_proof(h, **proof);
    else
      h.el("p", {cls("text-secondary")},
           "The ledger is too large to make a proof here; \"assay verify\" recomputes it as a whole.");
  });
}

Response checkpoint_file(Visit& visit) {
  auto head = ledger_head(*visit.tenant.workspace);
  if (!head) return error_page(visit, head.error());
  if (!*head) return error_page(visit, {ErrorKind::not_found, "The ledger is empty.", {}, {}, {}});
  return plain_file((*head)->note, fmt::format("checkpoint-{}.txt", (*head)->checkpoint.size));
}

Response verifier_key_file(Visit& visit) {
  return plain_file(visit.tenant.workspace->signing_key().verifier().text() + "\n", "verifier-key.txt");
}

Response verify_page(Visit& visit) {
  if (!may_verify(visit)) {
    return error_page(
        visit,
        {ErrorKind::forbidden, "Recomputing the ledger is long work.", {}, {}, "Administrator, ISMS owner, auditors"});
  }
  auto result = verify(*visit.tenant.workspace);
  if (!result) return error_page(visit, result.error());
  bool clean = result->damages.empty();
  Frame frame{.title = clean ? "Nothing was altered" : "Something was altered",
              .active = "ledger",
              .crumbs = {{"Ledger", "/ledger"}},
              .narrow = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("alert"), cls(clean ? "alert-success" : "alert-danger"), at("role", clean ? "status" : "alert")},
         [&] {
           h.add(icon(clean ? "shield-check" : "alert-triangle", "me-2"));
           h.el("span", fmt::format("{} ledger entries and {} records were recomputed.", grouped(result->entries),
                                    grouped(result->records)));
         });
    h.el("dl", {cls("facts")}, [&] {
      h.el("dt", "Root");
      h.el("dd", [&] { h.el("code", {cls("hash")}, result->root); });
    });
    if (clean) return;
    h.el("h2", {cls("h3")}, "First places that do not fit");
    h.el("ul", [&] {
      for (const Damage& damage : result->damages) h.el("li", fmt::format("{} {}", damage.place, damage.what));
    });
  });
}

}  // namespace assay
