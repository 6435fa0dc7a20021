// What the pages of controlled documents share: versions, placeholders, the table of differences.
#include "web/document_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/service/document_texts.h"

namespace assay {

std::string document_title(const DocumentVisit& document) {
  return fmt::format("{} {}", document.document.title(), document.version.text("version"));
}

std::string read_url(std::string_view version_id) { return "/documents/version/" + encode_url(version_id); }

std::string compare_url(std::string_view before, std::string_view after) {
  return fmt::format("/documents/compare?before={}&after={}", encode_url(before), encode_url(after));
}

Result<DocumentVisit> document_visit(Visit& visit) { return document_visit(visit, visit.request.param("version")); }

Result<DocumentVisit> document_visit(Visit& visit, std::string_view version_id) {
  const EntityDef* version = visit.registry().find("document_version");
  const EntityDef* document = visit.registry().find("document");
  if (!version || !document) return fail(ErrorKind::not_found, "There is no register of documents.");
  DocumentVisit out;
  TRY(out.version, visit.tenant.registers.read(visit.principal, *version, version_id));
  TRY(out.document, visit.tenant.registers.read(visit.principal, *document, out.version.text("document")));
  TRY(out.markdown, document_text(visit.tenant.registers, visit.principal, out.version.id));
  return out;
}

Result<std::vector<Record>> versions_of(Visit& visit, std::string_view document) {
  const EntityDef* def = visit.registry().find("document_version");
  if (!def) return fail(ErrorKind::not_found, "There is no register of document versions.");
  ListQuery query;
  query.def = def;
  query.filters = {{def->find("document"), Comparison::is, {std::string(document)}}};
  query.limit = 200;
  TRY(Page page, visit.tenant.registers.list(visit.principal, std::move(query)));
  std::vector<Record> out;
  for (ListRow& row : page.rows) out.push_back(std::move(row.record));
  // What is not in force yet comes after what is.
  auto key = [](const Record& record) {
    std::string_view day = record.text("effective_on");
    return std::pair(day.empty() ? std::string("9999") : std::string(day), record.created_at + record.id);
  };
  std::ranges::sort(out, [&](const Record& a, const Record& b) { return key(a) > key(b); });
  return out;
}

std::optional<Record> version_before(Visit& visit, const Record& version) {
  auto all = versions_of(visit, version.text("document"));
  if (!all) return std::nullopt;
  auto own = std::ranges::find(*all, version.id, &Record::id);
  if (own == all->end() || own + 1 == all->end()) return std::nullopt;
  return *(own + 1);
}

bool may_write_text(const Visit& visit, const Record& version) {
  return version.state() == "draft" && visit.may(Action::change, *version.def, &version);
}

// ---- Placeholders --------------------------------------------------------------------------------------------------

namespace {

void organisation_values(const Reader& reader, Placeholders& out) {
  const EntityDef* def = reader.registry().find("organisation");
  if (!def) return;
  ListQuery query;
  query.def = def;
  query.limit = 1;
  auto page = reader.list(query);
  if (!page || page->rows.empty()) return;
  const Record& record = page->rows.front().record;
  out["organisation.name"] = record.text("name");
  out["organisation.sector"] = record.text("sector");
}

void role_values(const Reader& reader, Placeholders& out) {
  const EntityDef* def = reader.registry().find("role_assignment");
  const EntityDef* person = reader.registry().find("person");
  if (!def || !person) return;
  ListQuery query;
  query.def = def;
  query.limit = 500;
  auto page = reader.list(query);
  if (!page) return;
  for (const ListRow& row : page->rows) {
    std::string_view ended = row.record.text("ended_on");
    if (!ended.empty() && ended < reader.today().iso()) continue;
    auto holder = reader.find(*person, row.record.text("person"));
    if (!holder) continue;
    std::string& value = out[fmt::format("role.{}", row.record.text("role"))];
    value += fmt::format("{}{}", value.empty() ? "" : ", ", holder->title());
  }
}

void scope_values(const Reader& reader, Placeholders& out) {
  const EntityDef* def = reader.registry().find("scope_statement");
  if (!def) return;
  for (std::string_view state : {"effective", "approved"}) {
    for (const Record& record : reader.where(*def, "status", state)) {
      if (out["scope.text"].empty()) out["scope.text"] = record.text("text");
    }
  }
}

}  // namespace

Placeholders placeholders_of(Visit& visit) {
  Placeholders out;
  auto reader = visit.tenant.workspace->read();
  if (!reader) return out;
  organisation_values(**reader, out);
  role_values(**reader, out);
  scope_values(**reader, out);
  out["today"] = (*reader)->today().iso();
  if (auto parameters = (*reader)->parameters((*reader)->today())) {
    for (const auto& [key, value] : *parameters) out["parameter." + key] = decimal(value, 2);
  }
  return out;
}

// ---- Differences ---------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t context_lines = 3;

void line_number(HtmlWriter& h, std::size_t number) {
  h.el("td", {cls("diff-number text-secondary text-end numeric")},
       number == 0 ? std::string() : std::to_string(number));
}

void diff_line(HtmlWriter& h, std::size_t old_line, std::size_t new_line, std::string_view sign,
               const std::vector<DiffPiece>& pieces) {
  bool removed = sign == "−", added = sign == "+";
  h.el("tr", {cls_if(removed, "diff-removed"), cls_if(added, "diff-added")}, [&] {
    line_number(h, old_line);
    line_number(h, new_line);
    h.el("td", {cls("diff-sign")}, [&] {
      h.el("span", {at("aria-hidden", "true")}, sign);
      if (removed) h.el("span", {cls("visually-hidden")}, "removed");
      if (added) h.el("span", {cls("visually-hidden")}, "added");
    });
    h.el("td", {cls("diff-text")}, [&] {
      for (const DiffPiece& piece : pieces) {
        if (!piece.changed) h.text(piece.text);
        else if (removed) h.el("del", piece.text);
        else h.el("ins", piece.text);
      }
    });
  });
}

void folded(HtmlWriter& h, std::size_t lines) {
  h.el("tr", [&] {
    h.el("td", {at("colspan", 4), cls("text-secondary text-center small")},
         fmt::format("… {} unchanged line{}", lines, lines == 1 ? "" : "s"));
  });
}

// How far a row is from the next change, on either side.
std::vector<bool> near_a_change(const std::vector<DiffRow>& rows) {
  std::vector<bool> out(rows.size(), false);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].kind == DiffRow::Kind::same) continue;
    std::size_t from = i < context_lines ? 0 : i - context_lines, to = std::min(rows.size(), i + context_lines + 1);
    for (std::size_t k = from; k < to; ++k) out[k] = true;
  }
  return out;
}

}  // namespace

void diff_table(HtmlWriter& h, const std::vector<DiffRow>& rows) {
  std::vector<bool> shown = near_a_change(rows);
  h.el("div", {cls("table-responsive"), at("tabindex", 0), at("role", "region"), at("aria-label", "Differences")}, [&] {
    h.el("table", {cls("table table-sm diff mb-0")}, [&] {
      h.el("thead", {cls("visually-hidden")}, [&] {
        h.el("tr", [&] {
          for (std::string_view head : {"Line before", "Line after", "Change", "Text"})
            h.el("th", {at("scope", "col")}, head);
        });
      });
      h.el("tbody", [&] {
        for (std::size_t i = 0; i < rows.size(); ++i) {
          const DiffRow& row = rows[i];
          if (!shown[i]) {
            std::size_t from = i;
            while (i + 1 < rows.size() && !shown[i + 1]) ++i;
            folded(h, i - from + 1);
            continue;
          }
          if (row.kind == DiffRow::Kind::same) diff_line(h, row.old_line, row.new_line, "", row.after);
          if (row.kind == DiffRow::Kind::removed || row.kind == DiffRow::Kind::changed)
            diff_line(h, row.old_line, 0, "−", row.before);
          if (row.kind == DiffRow::Kind::added || row.kind == DiffRow::Kind::changed)
            diff_line(h, 0, row.new_line, "+", row.after);
        }
      });
    });
  });
}

}  // namespace assay
