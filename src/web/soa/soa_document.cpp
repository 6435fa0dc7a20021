// The Statement of Applicability as a document: on the screen, as a PDF, and as it is issued.
#include <fmt/format.h>

#include "base/text.h"
#include "web/soa/soa_print.h"
#include "web/soa/soa_view.h"

namespace assay {
namespace {

std::string status_words(const SoaLine& line) {
  if (line.applicability == "excluded") return {};
  std::string out = line.declared.empty() ? std::string("Not declared") : soa_status_label(line.declared);
  if (line.derived != line.declared) out += fmt::format("\nShown by evidence: {}", soa_status_label(line.derived));
  return out;
}

std::string reason_words(const SoaLine& line) {
  std::string out = line.justification;
  if (line.applicability == "undecided") out = "Not decided yet.";
  auto add = [&](std::string_view label, const std::vector<std::string>& ids) {
    if (!ids.empty()) out += fmt::format("{}{}: {}.", out.empty() ? "" : "\n", label, join(ids, ", "));
  };
  add("Risks", line.risks);
  add("Obligations", line.obligations);
  return out;
}

std::string control_words(const SoaLine& line) {
  if (line.control.empty()) return {};
  std::string out = fmt::format("{} {}", line.control, line.control_title);
  if (!line.owner.empty()) out += "\nOwner: " + line.owner;
  if (!line.evidence.empty()) {
    constexpr std::size_t most = 3;
    std::vector<std::string> named(line.evidence.begin(), line.evidence.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                                      most, line.evidence.size())));
    out += "\nEvidence: " + join(named, ", ");
    if (line.evidence.size() > most) out += fmt::format(" and {} more", line.evidence.size() - most);
  }
  return out;
}

void write_line(HtmlWriter& h, const SoaLine& line) {
  h.el("tr", [&] {
    h.el("th", {at("scope", "row")}, fmt::format("{} {}", line.ref, line.title));
    h.el("td", soa_applicability_label(line.applicability));
    h.el("td", line.grounds.empty() ? std::string() : soa_ground_labels(line.grounds));
    h.el("td", {cls("text-preline")}, reason_words(line));
    h.el("td", {cls("text-preline")}, status_words(line));
    h.el("td", {cls("text-preline")}, control_words(line));
  });
}

void write_theme(HtmlWriter& h, const SoaSnapshot& snapshot, std::string_view theme) {
  std::size_t count = 0;
  for (const SoaLine& line : snapshot.lines) count += line.theme == theme;
  if (count == 0) return;
  h.el("h2", fmt::format("{} ({})", theme.empty() ? std::string("Own controls") : soa_theme_label(theme) + " controls",
                         count));
  h.el("table", {cls("soa-lines")}, [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view label :
             {"Control", "Decision", "Grounds", "Justification", "Implementation", "Own control"})
          h.el("th", {at("scope", "col")}, label);
      });
    });
    h.el("tbody", [&] {
      for (const SoaLine& line : snapshot.lines) {
        if (line.theme == theme) write_line(h, line);
      }
    });
  });
}

void write_changes(HtmlWriter& h, const Letterhead& letterhead, const SoaSnapshot& snapshot,
                   const SoaSnapshot* before) {
  h.el("h2", "Changes");
  if (!before) return h.el("p", "This is the first version that is issued.");
  const auto changes = soa_difference(*before, snapshot);
  const std::string last = fmt::format("version {} as of {}", before->version, letterhead.day(before->as_of));
  if (changes.empty()) return h.el("p", fmt::format("No line differs from {}.", last));
  h.el("p", fmt::format("{} {} from {}.", changes.size(), changes.size() == 1 ? "line differs" : "lines differ", last));
  soa_difference_table(h, changes);
}

}  // namespace

Paper soa_paper(const Letterhead& letterhead, const SoaSnapshot& snapshot) {
  Paper paper;
  paper.title = "Statement of Applicability";
  paper.edition = fmt::format("Version {}", snapshot.version);
  paper.draft = snapshot.is_draft();
  paper.state = paper.draft ? std::string("Draft, not approved for use")
                            : fmt::format("Approved on {}{}", letterhead.day(snapshot.approved_on),
                                          snapshot.approved_by.empty() ? "" : " by " + snapshot.approved_by);
  paper.landscape = true;
  paper.facts = {
      {"Version", std::to_string(snapshot.version)},
      {"State", paper.state},
      {"As of", letterhead.day(snapshot.as_of)},
      {"Scope", snapshot.scope},
      {"Risk assessment", snapshot.run.empty() ? "None named" : snapshot.run},
      {"Lines",
       fmt::format("{}: {} applicable, {} excluded{}", snapshot.lines.size(), snapshot.count("applicable"),
                   snapshot.count("excluded"),
                   snapshot.count("undecided") ? fmt::format(", {} not decided", snapshot.count("undecided")) : "")}};
  return paper;
}

PaperBody soa_body(const Letterhead& letterhead, const SoaSnapshot& snapshot, const SoaSnapshot* before) {
  return [&letterhead, &snapshot, before](HtmlWriter& h) {
    h.el("p", {cls("note")},
         "Every reference control of ISO/IEC 27001:2022, Annex A, and every own control: whether it is necessary, why, "
         "and how far it is implemented (clause 6.1.3 d). "
         "The implementation is as declared; where control and evidence show another, both stand.");
    for (std::string_view theme : {"organisational", "people", "physical", "technological", ""})
      write_theme(h, snapshot, theme);
    write_changes(h, letterhead, snapshot, before);
  };
}

SoaDocument soa_document(const Letterhead& letterhead) {
  return [&letterhead](const SoaSnapshot& now, const SoaSnapshot* before) {
    return paper_html(letterhead, soa_paper(letterhead, now), soa_body(letterhead, now, before));
  };
}

Result<std::string> soa_print_html(Tenant& tenant, const Principal& principal, const SoaSnapshot& snapshot) {
  Letterhead letterhead;
  TRY(letterhead.style, read_house_style(*tenant.workspace));
  letterhead.organisation = snapshot.organisation;
  // An issued version is not compared with itself.
  TRY(auto before, last_issued_soa(tenant, principal));
  const bool is_itself = before && before->snapshot.id == snapshot.id;
  return soa_document(letterhead)(snapshot, before && !is_itself ? &before->snapshot : nullptr);
}

Response soa_document_page(Visit& visit) {
  auto soa = soa_visit(visit);
  if (!soa) return error_page(visit, soa.error());
  if (!soa->bench) return Response::redirect("/soa");
  auto letterhead = letterhead_of(visit);
  auto before = last_issued_soa(visit.tenant, visit.principal);
  if (!letterhead || !before) return error_page(visit, letterhead ? before.error() : letterhead.error());
  const SoaSnapshot snapshot = snapshot_of(*soa->bench);
  Frame frame = soa_frame("As a document", soa->bench.get());
  HtmlWriter actions(512);
  actions.el("a", {cls("btn btn-primary"), at("href", fmt::format("/soa/version/{}/pdf", encode_url(snapshot.id)))},
             "PDF");
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    paper_on_screen(h, *letterhead, soa_paper(*letterhead, snapshot),
                    soa_body(*letterhead, snapshot, *before ? &(*before)->snapshot : nullptr));
  });
}

}  // namespace assay
