// What happened to a record, as sentences, and what people said about it.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "kernel/model/json.h"
#include "kernel/service/comments.h"
#include "web/assets.h"
#include "web/record_parts.h"

namespace assay {
namespace {

constexpr std::size_t entries_a_page = 20;

struct Change {
  const FieldDef* field = nullptr;  // null: a field that exists no more
  std::string name;
  Value before, after;
  bool hidden = false;
};

// Each key of the custom values by itself; those that nobody defined are named without their values.
void add_custom_changes(const Visit& visit, const Record& record, const boost::json::value& pair,
                        std::vector<Change>& out) {
  for (FieldChange& change : custom_changes_in(visit.custom_fields(), *record.def, pair)) {
    out.push_back({change.field, {}, std::move(change.before), std::move(change.after), false});
  }
  if (!pair.is_array() || pair.get_array().size() != 2) return;
  boost::json::object sides[2];
  for (std::size_t i = 0; i < 2; ++i) {
    if (const auto* object = pair.get_array()[i].if_object()) sides[i] = *object;
  }
  std::set<std::string> keys;
  for (const auto& side : sides) {
    for (const auto& item : side) keys.emplace(item.key());
  }
  for (const std::string& key : keys) {
    if (visit.custom_fields().find(*record.def, std::string(custom_prefix) + key)) continue;
    const auto* before = sides[0].if_contains(key);
    const auto* after = sides[1].if_contains(key);
    if (!before || !after || *before != *after) out.push_back({nullptr, key, {}, {}, true});
  }
}

std::vector<Change> changes_of(const Visit& visit, const Record& record, const LedgerEntry& entry) {
  std::vector<Change> out;
  boost::system::error_code error;
  boost::json::value parsed = boost::json::parse(entry.changes, error);
  if (error || !parsed.is_object()) return out;
  for (const auto& [key, pair] : parsed.get_object()) {
    if (key == "custom") {
      add_custom_changes(visit, record, pair, out);
      continue;
    }
    Change change;
    change.name = std::string(key);
    change.field = record.def->find(change.name);
    if (change.field && !shows(visit, record, *change.field)) continue;
    bool is_pair = pair.is_array() && pair.get_array().size() == 2;
    if (!is_pair || !change.field || change.field->text.secret) {
      change.hidden = true;
    } else {
      change.before = read_json(*change.field, pair.get_array()[0]).value_or(Value());
      change.after = read_json(*change.field, pair.get_array()[1]).value_or(Value());
    }
    out.push_back(std::move(change));
  }
  return out;
}

std::string_view label_of(const Change& change) {
  return change.field ? change.field->text.label : std::string_view(change.name);
}

bool is_long(const Change& change, const TitleBook& titles) {
  if (!change.field) return false;
  if (change.field->kind == Kind::records || change.field->kind == Kind::json || change.field->text.multiline)
    return true;
  return titles.words(*change.field, change.before).size() + titles.words(*change.field, change.after).size() > 160;
}

// "Owner from Anna to Ben", "Title to “Phishing”", "Owner: removed Anna"
void change_words(HtmlWriter& h, const Change& change, const TitleBook& titles) {
  h.el("b", {cls("fw-medium")}, label_of(change));
  if (change.hidden || is_long(change, titles)) return;
  auto value = [&](const Value& which) { h.el("q", titles.words(*change.field, which)); };
  if (is_empty(change.after)) {
    h.text(" (was ");
    value(change.before);
    return h.text(", now empty)");
  }
  if (!is_empty(change.before)) {
    h.text(" from ");
    value(change.before);
  }
  h.text(" to ");
  value(change.after);
}

void long_changes(HtmlWriter& h, const std::vector<Change>& changes, const TitleBook& titles) {
  for (const Change& change : changes) {
    if (change.hidden || !is_long(change, titles)) continue;
    h.el("details", {cls("mt-1")}, [&] {
      h.el("summary", {cls("text-secondary")}, fmt::format("{}, before and after", label_of(change)));
      if (!is_empty(change.before))
        h.el("p", {cls("text-preline mb-1")}, [&] { h.el("del", titles.words(*change.field, change.before)); });
      if (!is_empty(change.after))
        h.el("p", {cls("text-preline mb-0")}, [&] { h.el("ins", titles.words(*change.field, change.after)); });
    });
  }
}

const Step* step_named(const EntityDef& def, std::string_view name) {
  if (!def.lifecycle) return nullptr;
  for (const Step& step : def.lifecycle->steps) {
    if (step.name == name) return &step;
  }
  return nullptr;
}

void sentence(HtmlWriter& h, const Record& record, const LedgerEntry& entry, const std::vector<Change>& changes,
              const TitleBook& titles) {
  h.el("b", entry.actor_name.empty() ? entry.actor : entry.actor_name);
  bool created = entry.operation == "create" || entry.operation == "import";
  if (created) {
    h.text(fmt::format(" {} this record", entry.operation == "import" ? "imported" : "created"));
  } else if (const Step* step = step_named(*record.def, entry.operation)) {
    h.text(" took the step ");
    h.el("q", step->label);
  } else if (entry.operation != "change") {
    h.text(fmt::format(" · {}", replace_all(entry.operation, "_", " ")));
  }
  if (!created && !changes.empty()) {
    h.text(entry.operation == "change" ? " changed " : ": ");
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if (i > 0) h.text(i + 1 == changes.size() ? " and " : ", ");
      change_words(h, changes[i], titles);
    }
  }
  if (!is_blank(entry.reason)) h.text(fmt::format(", because: {}", entry.reason));
}

void history_entries(HtmlWriter& h, Visit& visit, const Record& record, const std::vector<LedgerEntry>& entries) {
  TitleBook titles(visit);
  std::vector<std::vector<Change>> all;
  for (const LedgerEntry& entry : entries) {
    all.push_back(changes_of(visit, record, entry));
    for (const Change& change : all.back()) {
      if (change.field) titles.want(*change.field, change.before);
      if (change.field) titles.want(*change.field, change.after);
    }
  }
  titles.read();
  Instant now = visit.tenant.workspace->clock().now();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    h.el("li", {cls("list-group-item")}, [&] {
      h.el("div", {cls("sentence")}, [&] { sentence(h, record, entries[i], all[i], titles); });
      bool created = entries[i].operation == "create" || entries[i].operation == "import";
      if (!created) long_changes(h, all[i], titles);
      h.el("div", {cls("text-secondary small")}, [&] {
        moment(h, entries[i].at, now);
        h.text(" · ");
        h.el("a", {cls("quiet"), at("href", fmt::format("/ledger/{}", entries[i].seq))},
             fmt::format("entry {} of the ledger", entries[i].seq));
      });
    });
  }
}

void more_link(HtmlWriter& h, const Record& record, std::int64_t before) {
  std::string url = fmt::format("{}/history?before={}", record_url(*record.def, record.id), before);
  h.el("li", {cls("list-group-item no-print")}, [&] {
    h.el("a",
         {cls("btn btn-sm"), at("href", url), at("hx-get", url), at("hx-target", "closest li"),
          at("hx-swap", "outerHTML")},
         "Earlier");
  });
}

void history_items(HtmlWriter& h, Visit& visit, const Record& record, std::int64_t before) {
  auto entries = visit.tenant.registers.history(visit.principal, *record.def, record.id, before, entries_a_page + 1);
  if (!entries || entries->empty()) {
    h.el("li", {cls("list-group-item text-secondary")}, before > 0 ? "Nothing earlier." : "Nothing is recorded yet.");
    return;
  }
  bool more = entries->size() > entries_a_page;
  if (more) entries->pop_back();
  history_entries(h, visit, record, *entries);
  if (more) more_link(h, record, entries->back().seq);
}

}  // namespace

void write_history(HtmlWriter& h, Visit& visit, const Record& record, std::int64_t before) {
  section(h, "history", "History", {}, [&] {
    h.el("ol", {cls("list-group list-group-flush list-unstyled mb-0")},
         [&] { history_items(h, visit, record, before); });
  });
}

Response history_fragment(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  auto record = record_of(visit, **def);
  if (!record) return error_page(visit, record.error());
  std::int64_t before = std::atoll(std::string(visit.request.query_value("before")).c_str());
  if (visit.request.is_htmx()) return fragment([&](HtmlWriter& h) { history_items(h, visit, *record, before); });
  TitleBook titles(visit);
  titles.want(*record);
  titles.read();
  std::vector<Crumb> crumbs = crumbs_of(*record, titles);
  crumbs.push_back({heading_of(visit, *record, titles), record_url(**def, record->id)});
  Frame frame{.title = "History",
              .active = std::string(phase_name((*def)->text.phase)),
              .crumbs = std::move(crumbs),
              .narrow = true};
  return page(visit, frame, [&](HtmlWriter& h) { write_history(h, visit, *record, before); });
}

// ---- Comments ------------------------------------------------------------------------------------------------------

void write_comments(HtmlWriter& h, Visit& visit, const Record& record) {
  auto comments = comments_of(*visit.tenant.workspace, record);
  bool may_write = !visit.principal.read_only;
  if (!comments || (comments->empty() && !may_write)) return;
  Instant now = visit.tenant.workspace->clock().now();
  section(h, "comments", comments->empty() ? "Comments" : fmt::format("Comments ({})", comments->size()), {}, [&] {
    h.el("div", {cls("list-group list-group-flush")}, [&] {
      for (const Comment& comment : *comments) {
        h.el("article", {cls("list-group-item")}, [&] {
          h.el("div", {cls("d-flex gap-2")}, [&] {
            h.el("b", comment.author);
            h.el("span", {cls("text-secondary")}, [&] { moment(h, comment.at, now); });
          });
          h.el("div", {cls("markdown")}, markdown(comment.body));
        });
      }
    });
    if (!may_write) return;
    h.el("form",
         {cls("card-body no-print"), at("method", "post"),
          at("action", record_url(*record.def, record.id) + "/comments")},
         [&] {
           hidden_csrf(h, visit);
           h.el("label", {cls("form-label"), at("for", "comment")}, "Say something about this record");
           h.el("textarea", {cls("form-control mb-2"), at("id", "comment"), at("name", "body"), at("rows", 3),
                             at("maxlength", 5000), flag("required")});
           h.el("button", {cls("btn"), at("type", "submit")}, [&] {
             h.add(icon("message"));
             h.text("Comment");
           });
         });
  });
}

Response add_comment(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  auto record = record_of(visit, **def);
  if (!record) return error_page(visit, record.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  if (visit.principal.read_only)
    return error_page(visit, {ErrorKind::forbidden, "This access may only read.", {}, {}, {}});
  std::string body = replace_all(trim(form->value("body")), "\r\n", "\n");
  if (body.empty() || utf8_length(body) > 5000) {
    return error_page(visit, {ErrorKind::invalid, "A comment has 1 to 5,000 characters.", {}, {}, {}});
  }
  if (auto stored = add_comment(*visit.tenant.workspace, visit.principal, *record, body); !stored)
    return error_page(visit, stored.error());
  return done(visit, record_url(**def, record->id) + "#comments", "Comment added.");
}

}  // namespace assay
