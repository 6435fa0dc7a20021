// One finding: its facts, the record behind it, and the way to mend it.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {
namespace {

// Registers that the clause of a finding asks for: where to look when the finding is about no single record.
std::vector<const EntityDef*> registers_for(const Visit& visit, const RuleFinding& finding) {
  constexpr std::size_t most = 3;
  std::vector<const EntityDef*> out;
  std::string_view ref = std::string_view(finding.ref).substr(0, finding.ref.find(','));
  for (const EntityDef* def : visit.registry().all()) {
    if (out.size() == most) break;
    std::string_view clause = def->text.clause.substr(0, def->text.clause.find(','));
    if (clause.empty() || def->text.single || !visit.may(Action::see, *def)) continue;
    if (lies_under(ref, clause)) out.push_back(def);
  }
  return out;
}

void edit_button(HtmlWriter& h, const EntityDef& def, std::string_view id) {
  h.el("a",
       {cls("btn btn-sm"), at("href", record_url(def, id) + "/edit"),
        at("aria-label", fmt::format("Edit {} {}", in_sentence(def.text.label), id))},
       [&] {
         h.add(icon("edit", "icon-sm"));
         h.text("Edit");
       });
}

void write_subject(HtmlWriter& h, const Visit& visit, const RuleFinding& finding, const EntityDef* def) {
  if (def && finding.subject != "ORG") {
    h.el("a", {cls("finding-subject"), at("href", record_url(*def, finding.subject))},
         fmt::format("{} {}", def->text.label, finding.subject));
  } else if (finding.kind == "clause" && visit.site.library.clause(finding.subject)) {
    h.el("a", {cls("finding-subject"), at("href", findings_url({{"clause", finding.subject}, {"class", "minor"}}))},
         fmt::format("Minors of clause {}", finding.subject));
  } else if (finding.subject == "ORG") {
    h.el("span", {cls("finding-subject")}, "The organisation");
  } else {
    h.el("span", {cls("finding-subject")}, fmt::format("{} {}", replace_all(finding.kind, "_", " "), finding.subject));
  }
}

void write_mending(HtmlWriter& h, const Visit& visit, const RuleFinding& finding, const EntityDef* def) {
  if (def && finding.subject != "ORG") {
    if (visit.may(Action::change, *def)) edit_button(h, *def, finding.subject);
    return;
  }
  for (const EntityDef* candidate : registers_for(visit, finding)) {
    h.el("a", {cls("btn btn-sm"), at("href", list_url(*candidate))}, candidate->text.plural);
    if (!visit.may(Action::create, *candidate)) continue;
    h.el("a", {cls("btn btn-sm"), at("href", new_url(*candidate))}, [&] {
      h.add(icon("plus", "icon-sm"));
      h.text("New " + in_sentence(candidate->text.label));
    });
  }
}

}  // namespace

std::map<FindingKey, FindingMark> marks_of(const Visit& visit) {
  return visit.tenant.findings.marks().value_or(std::map<FindingKey, FindingMark>());
}

void mark_badge(HtmlWriter& h, const Visit& visit, const FindingMark* mark) {
  if (!mark) return;
  if (mark->what == FindingMark::What::disputed) {
    return h.el("span",
                {cls("badge bg-secondary-lt ms-1"), at("title", fmt::format("{}: {}", mark->author, mark->reason))},
                "Disputed");
  }
  const EntityDef& finding = *visit.registry().find("finding");
  h.el("a", {cls("badge bg-secondary-lt ms-1"), at("href", record_url(finding, mark->record))},
       fmt::format("Accepted as {}", mark->record));
}

void finding_item(HtmlWriter& h, const Visit& visit, const RuleFinding& finding, const FindingLook& look) {
  const EntityDef* def = visit.registry().find(finding.kind);
  h.el("li", {cls("list-group-item finding")}, [&] {
    class_badge(h, finding.finding_class);
    h.el("div", {cls("finding-text")}, [&] {
      write_subject(h, visit, finding, def);
      h.text(" ");
      h.text(finding.detail);
      if (look.marks) {
        auto mark = look.marks->find(key_of(finding));
        mark_badge(h, visit, mark == look.marks->end() ? nullptr : &mark->second);
      }
      if (!look.advise) return;
      h.el("div", {cls("finding-fix")}, [&] {
        h.add(icon("tool", "icon-sm me-1"));
        h.el("span", {cls("visually-hidden")}, "How to mend it: ");
        h.text(finding.fix);
      });
    });
    h.el("div", {cls("btn-list no-print")}, [&] {
      if (look.explain && !finding.synthetic)
        h.el("a",
             {cls("btn btn-sm"), at("href", finding_url(key_of(finding))),
              at("aria-label", "Why: " + finding.rule_id + " " + finding.subject)},
             "Why");
      write_mending(h, visit, finding, def);
    });
  });
}

}  // namespace assay
