// One finding: its facts, the record behind it, and the way to mend it.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/rules_view.h"

namespace assay {
namespace {

// What a finding says, as words: "a_scope" stands for two.
std::string words_of(const RuleFinding& finding) {
  return replace_all(slug(finding.title + " " + finding.fix + " " + finding.detail), "_", " ");
}

// Whether one of the words names the register, in the singular or with an s: by its label or by a kind of its records,
// as "policy" names the documents.
bool is_named(const EntityDef& def, std::string_view words) {
  constexpr std::size_t shortest = 4;  // "of" names nothing
  std::string names = slug(def.text.label);
  if (const FieldDef* kind = def.find("kind")) {
    for (const Choice& choice : kind->choices) names += "_" + slug(choice.label);
  }
  return std::ranges::any_of(split(names, '_'), [&](std::string_view name) {
    return name.size() >= shortest && (has_word(words, name) || has_word(words, std::string(name) + "s"));
  });
}

bool carries_clause(const EntityDef& def, const RuleFinding& finding) {
  return std::ranges::any_of(split(def.text.clause, ','), [&](std::string_view clause) {
    clause = trim(clause);
    return !clause.empty() &&
           std::ranges::any_of(split(finding.ref, ','), [&](std::string_view ref) { return lies_under(ref, clause); });
  });
}

// Registers in which the work of a finding about no single record begins. Parts are reached through their whole; people
// and what is kept about single ones are nothing that an organisation lacks, although every other rule speaks of them.
bool can_begin_with(const Visit& visit, const EntityDef& def) {
  bool of_persons = def.name() == "person" || def.text.access == AccessClass::personal ||
                    def.text.access == AccessClass::confidential;
  return !of_persons && !def.text.single && def.text.parent.empty() && visit.may(Action::see, def);
}

// Those that its rule reads and that carry its clause; where none does, those among them that it names.
std::vector<const EntityDef*> registers_for(const Visit& visit, const RuleFinding& finding) {
  constexpr std::size_t most = 3;
  std::vector<const EntityDef*> of_clause, named;
  auto dependencies = visit.tenant.auditor.dependencies();
  const auto* rule = dependencies ? (*dependencies)->find(finding.rule_id) : nullptr;
  if (!rule) return {};
  std::string words = words_of(finding);
  for (const EntityDef* def : visit.registry().all()) {
    if (!rule->reads.columns.contains(def->name()) || !can_begin_with(visit, *def)) continue;
    if (carries_clause(*def, finding)) of_clause.push_back(def);
    else if (is_named(*def, words)) named.push_back(def);
  }
  std::vector<const EntityDef*>& out = of_clause.empty() ? named : of_clause;
  if (out.size() > most) out.resize(most);
  return out;
}

// The guidance on the first of the finding's references that has some; a button.
void guidance_button(HtmlWriter& h, const Visit& visit, const RuleFinding& finding) {
  for (std::string_view part : split(finding.ref, ',')) {
    part = trim(part);
    std::string_view number = part.substr(0, part.find(' '));
    bool control = number.starts_with("A.") && visit.site.library.control(number.substr(2));
    if (!control && !visit.site.library.clause(number)) continue;
    std::string url =
        control ? "/library/control/" + encode_url(number.substr(2)) : "/library/clause/" + encode_url(number);
    return h.el("a", {cls("btn btn-sm"), at("href", url)}, [&] {
      h.add(icon("book-2", "icon-sm"));
      h.text(fmt::format("{} {}", control ? "Control" : "Clause", number));
    });
  }
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
  if (finding.kind == "parameter") {
    return h.el("a", {cls("btn btn-sm"), at("href", parameter_url(finding.subject))}, "Values of the parameter");
  }
  if (finding.synthetic) return;  // its subject leads to the findings that it adds up
  std::vector<const EntityDef*> candidates = registers_for(visit, finding);
  if (candidates.empty()) guidance_button(h, visit, finding);
  for (const EntityDef* candidate : candidates) {
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
      if (look.explain)
        h.el("a",
             {cls("btn btn-sm"), at("href", finding_url(key_of(finding))),
              at("aria-label", "Why: " + finding.rule_id + " " + finding.subject)},
             "Why");
      write_mending(h, visit, finding, def);
    });
  });
}

}  // namespace assay
