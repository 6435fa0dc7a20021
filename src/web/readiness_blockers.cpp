#include "web/readiness_blockers.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "isms/readiness/duties.h"
#include "web/assets.h"
#include "web/title_book.h"

namespace assay {
namespace {

using Subject = std::pair<std::string_view, std::string_view>;  // register and id; both point into a verdict
using Place = std::pair<Phase, std::size_t>;                    // in the work towards the standard

// What the reader is told of a verdict.
struct Told {
  std::vector<const RuleFinding*> in_the_way;  // majors and minors, majors first
  std::map<Subject, std::size_t> about;        // findings of any class; none about the organisation as a whole
  std::size_t hidden_majors = 0, hidden_minors = 0;
};

// Findings that one kind of action closes: those of one rule. A synthetic one stands alone.
struct Blocker {
  const RuleFinding* first = nullptr;  // the gravest
  std::set<Subject> subjects;          // to be mended
  bool of_records = false;             // each subject is a record that exists
  std::size_t majors = 0, minors = 0;
  std::size_t effort = 0;   // how many points are to be mended
  std::size_t touched = 0;  // open findings about the subjects, over all rules
  std::optional<Date> due;  // the first day by which one of the gravest is to be mended
  Place place;

  std::size_t count() const { return majors + minors; }
};

bool of_organisation(const RuleFinding& finding) { return finding.subject == "ORG"; }
Subject subject_of(const RuleFinding& finding) { return {finding.kind, finding.subject}; }

Told told_of(const Visit& visit, const Verdict& verdict) {
  Told told;
  FindingSight sight(visit.principal, visit.registry());
  for (const RuleFinding& finding : verdict.findings) {
    bool major = finding.finding_class == FindingClass::major, minor = finding.finding_class == FindingClass::minor;
    if (!sight.shows(finding)) {
      told.hidden_majors += major;
      told.hidden_minors += minor;
      continue;
    }
    if (major || minor) told.in_the_way.push_back(&finding);
    if (!finding.synthetic && !of_organisation(finding)) ++told.about[subject_of(finding)];
  }
  return told;
}

// ---- Deadlines -----------------------------------------------------------------------------------------------------

// Registers whose records are the mending itself. The days of others, such as the next review of a risk, say nothing
// about when a finding has to be gone.
constexpr std::string_view mending_registers[] = {"treatment_action", "corrective_action", "nonconformity"};

void add_deadlines(const Reader& reader, const EntityDef& def, const journey::Duty& duty,
                   const std::map<Id, Subject>& subjects, std::map<Subject, Date>& days) {
  std::vector<Id> ids;
  for (const auto& [id, subject] : subjects) ids.push_back(id);
  auto due = reader.values(def, *def.find(duty.due), ids);
  auto states = reader.values(def, *def.find(duty.open_field), ids);
  if (!due || !states) return;
  for (const auto& [id, value] : *due) {
    const Value& state = (*states)[id];
    bool open = duty.open_states.empty() ? is_empty(state) : has_word(duty.open_states, text_of(state));
    auto day = open ? Date::parse(text_of(value)) : std::nullopt;
    if (day) days.emplace(subjects.at(id), *day);
  }
}

// The days by which open work is due that the findings are about: two questions a register.
std::map<Subject, Date> deadlines_of(const Visit& visit, const Told& told) {
  std::map<Subject, Date> days;
  auto reader = visit.tenant.workspace->read();
  if (!reader) return days;
  for (const journey::Duty& duty : journey::duties()) {
    if (std::ranges::find(mending_registers, duty.register_name) == std::end(mending_registers)) continue;
    std::map<Id, Subject> subjects;
    for (const RuleFinding* finding : told.in_the_way) {
      if (finding->kind == duty.register_name) subjects.emplace(finding->subject, subject_of(*finding));
    }
    if (subjects.empty()) continue;
    add_deadlines(**reader, *visit.registry().find(duty.register_name), duty, subjects, days);
  }
  return days;
}

// ---- Blockers and their order --------------------------------------------------------------------------------------

// The phase of the register that the finding is about; else the phase about which its clause is, Annex A being last.
Phase phase_of(const Visit& visit, const RuleFinding& finding, std::string_view group) {
  static constexpr std::pair<std::string_view, Phase> phases[] = {
      {"4", Phase::organisation}, {"5", Phase::organisation}, {"6", Phase::risk},  {"7", Phase::people},
      {"8", Phase::operations},   {"9", Phase::measurement},  {"10", Phase::audit}};
  const EntityDef* def = visit.registry().find(finding.kind);
  if (def && !of_organisation(finding)) return def->text.phase;
  const auto* found = std::ranges::find(phases, group, &std::pair<std::string_view, Phase>::first);
  return found == std::end(phases) ? Phase::certification : found->second;
}

Place place_of(const Visit& visit, const RuleFinding& finding) {
  std::string group = clause_group(finding.ref);
  auto position = std::ranges::find(clause_groups, group) - std::begin(clause_groups);
  return {phase_of(visit, finding, group), static_cast<std::size_t>(position)};
}

// The open minors that make a clause a major of its own (rulebook 0.7), those the reader may not see included.
std::size_t minors_under(const Verdict& verdict, std::string_view clause) {
  auto counts = [&](const RuleFinding& finding) {
    return finding.finding_class == FindingClass::minor && clause_group(finding.ref) == clause;
  };
  return static_cast<std::size_t>(std::ranges::count_if(verdict.findings, counts));
}

// Whether subjects are records or something that is still to be created: one question a register. Rules name the one or
// the other, so that a few of their findings tell.
void look_up_records(const Visit& visit, std::vector<Blocker>& blockers) {
  constexpr std::size_t most_looked_up = 50;
  auto reader = visit.tenant.workspace->read();
  if (!reader) return;
  std::map<std::string_view, std::set<Id>> wanted;
  auto each_subject = [](const Blocker& blocker, auto&& work) {
    std::size_t seen = 0;
    for (const Subject& subject : blocker.subjects) {
      if (seen++ < most_looked_up) work(subject);
    }
  };
  for (const Blocker& blocker : blockers)
    each_subject(blocker, [&](const Subject& subject) { wanted[subject.first].emplace(subject.second); });
  std::set<std::pair<std::string_view, Id>> known;
  for (const auto& [kind, ids] : wanted) {
    const EntityDef* def = visit.registry().find(kind);
    if (!def) continue;
    auto titles = (*reader)->titles(*def, std::vector<Id>(ids.begin(), ids.end()));
    if (!titles) continue;
    for (const auto& [id, title] : *titles) known.emplace(kind, id);
  }
  for (Blocker& blocker : blockers) {
    blocker.of_records = true;
    each_subject(blocker, [&](const Subject& subject) {
      blocker.of_records = blocker.of_records && known.contains({subject.first, Id(subject.second)});
    });
  }
}

// A day counts when it tells more than the audit's does: by that one everything has to be mended.
void add_finding(Blocker& blocker, const RuleFinding& finding, const std::map<Subject, Date>& deadlines,
                 std::optional<Date> audit) {
  if (!blocker.first) blocker.first = &finding;
  (finding.finding_class == FindingClass::major ? blocker.majors : blocker.minors)++;
  blocker.subjects.insert(subject_of(finding));
  auto day = deadlines.find(subject_of(finding));
  if (day == deadlines.end() || finding.finding_class != blocker.first->finding_class) return;
  if (!audit || day->second < *audit) blocker.due = std::min(blocker.due.value_or(day->second), day->second);
}

// By weight, then by the day it is due; among equals what takes less comes first, then what touches more findings, and
// at last what the work towards the standard begins with.
void put_in_order(std::vector<Blocker>& blockers) {
  std::ranges::sort(blockers, {}, [](const Blocker& blocker) {
    return std::tuple(-static_cast<int>(blocker.first->finding_class), !blocker.due, blocker.due, blocker.effort,
                      -static_cast<std::int64_t>(blocker.touched), blocker.place,
                      std::string_view(blocker.first->rule_id));
  });
}

std::vector<Blocker> blockers_of(const Visit& visit, const Verdict& verdict, const Told& told,
                                 std::optional<Date> audit) {
  std::map<Subject, Date> deadlines = deadlines_of(visit, told);
  std::map<std::string_view, Blocker> by_rule;
  for (const RuleFinding* finding : told.in_the_way) add_finding(by_rule[finding->rule_id], *finding, deadlines, audit);
  std::vector<Blocker> list;
  for (auto& [rule, blocker] : by_rule) list.push_back(std::move(blocker));
  for (Blocker& blocker : list) {
    const RuleFinding& first = *blocker.first;
    blocker.effort = first.synthetic ? minors_under(verdict, first.subject) : blocker.subjects.size();
    for (const Subject& subject : blocker.subjects) {
      auto about = told.about.find(subject);
      if (about != told.about.end()) blocker.touched += about->second;
    }
    blocker.touched = std::max(blocker.touched, blocker.count());  // the organisation is no record to be mended
    blocker.place = place_of(visit, first);
  }
  look_up_records(visit, list);
  put_in_order(list);
  return list;
}

// ---- In words ------------------------------------------------------------------------------------------------------

std::string counted(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string class_words(std::size_t majors, std::size_t minors) {
  if (minors == 0) return counted(majors, "major");
  if (majors == 0) return counted(minors, "minor");
  return counted(majors, "major") + " and " + counted(minors, "minor");
}

std::string effort_words(const Blocker& blocker, Date today) {
  const RuleFinding& first = *blocker.first;
  if (first.synthetic)
    return fmt::format("mend some of the {} under clause {}", counted(blocker.effort, "open minor"), first.subject);
  bool one = blocker.subjects.size() == 1;
  std::string words = one && of_organisation(first) ? std::string("something the organisation lacks")
                      : blocker.of_records          ? counted(blocker.effort, "record") + " to mend"
                                                    : counted(blocker.effort, "point") + " to settle";
  // The majors of the list add up to those of the verdict.
  if (blocker.count() != blocker.effort || (blocker.majors > 0 && blocker.minors > 0))
    words += ": " + class_words(blocker.majors, blocker.minors);
  if (blocker.touched > blocker.count()) {
    std::string_view what = one ? std::string_view(first.subject) : "them";
    words +=
        fmt::format(", {} {} touches {} findings", blocker.of_records ? "mending" : "settling", what, blocker.touched);
  }
  if (blocker.due) words += fmt::format(", {} {}", *blocker.due < today ? "overdue since" : "due", blocker.due->iso());
  return words;
}

std::string blocker_url(const RuleFinding& first, const std::string& stage) {
  if (first.synthetic) return findings_url({{"clause", first.subject}, {"class", "minor"}, {"stage", stage}});
  return findings_url({{"rule", first.rule_id}, {"stage", stage}});
}

void write_blocker(HtmlWriter& h, const Blocker& blocker, const std::string& stage, Date today) {
  const RuleFinding& first = *blocker.first;
  h.el("li", {cls("list-group-item finding")}, [&] {
    class_badge(h, first.finding_class);
    h.el("div", {cls("finding-text")}, [&] {
      h.el("a", {cls("finding-subject"), at("href", blocker_url(first, stage))}, first.title);
      h.text(" ");
      h.el("span", {cls("text-secondary")}, "· " + effort_words(blocker, today));
      h.el("div", {cls("finding-fix")}, [&] {
        h.add(icon("tool", "icon-sm me-1"));
        h.text(first.fix);
      });
    });
  });
}

void write_first(HtmlWriter& h, const Told& told, const std::vector<Blocker>& blockers, const std::string& stage,
                 Date today) {
  bool hidden = told.hidden_majors + told.hidden_minors > 0;
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "first")}, [&] {
    h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title"), at("id", "first")}, "What to do first"); });
    if (blockers.empty() && !hidden)
      return h.el("p", {cls("card-body text-secondary mb-0")}, "No major and no minor stands in the way.");
    h.el("p", {cls("card-body pb-2 mb-0 text-secondary")},
         "Majors come before minors, then work that is due first, then what takes least, then what touches the most "
         "findings. Observations wait.");
    h.el("ol", {cls("list-group list-group-flush list-unstyled mb-0")}, [&] {
      for (const Blocker& blocker : blockers) write_blocker(h, blocker, stage, today);
      if (hidden)
        h.el("li", {cls("list-group-item text-secondary")},
             fmt::format("{}{} about records that you may not see.", blockers.empty() ? "" : "And ",
                         class_words(told.hidden_majors, told.hidden_minors)));
    });
  });
}

// Records about which there are several findings: one visit there closes more than one.
void write_crowded(HtmlWriter& h, const Visit& visit, const Told& told) {
  constexpr std::size_t most = 10;
  std::set<Subject> in_the_way;
  for (const RuleFinding* finding : told.in_the_way) in_the_way.insert(subject_of(*finding));
  std::vector<std::pair<Subject, std::size_t>> crowded;
  for (const auto& [subject, count] : told.about) {
    if (count > 1 && in_the_way.contains(subject) && visit.registry().find(subject.first))
      crowded.emplace_back(subject, count);
  }
  if (crowded.empty()) return;
  std::ranges::stable_sort(crowded, std::greater(), &std::pair<Subject, std::size_t>::second);
  if (crowded.size() > most) crowded.resize(most);
  TitleBook titles(visit);
  for (const auto& [record, count] : crowded) titles.want(*visit.registry().find(record.first), record.second);
  titles.read();
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "crowded")}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "crowded")}, "One record, several findings");
    });
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (const auto& [record, count] : crowded) {
        const EntityDef& def = *visit.registry().find(record.first);
        h.el("li", {cls("list-group-item")}, [&] {
          h.el("a", {cls("finding-subject"), at("href", record_url(def, record.second))},
               fmt::format("{} {}", def.text.label, record.second));
          h.text(fmt::format(" {}: {} findings.", titles.title(def, record.second), count));
        });
      }
    });
  });
}

}  // namespace

void write_blockers(HtmlWriter& h, const Visit& visit, const Verdict& verdict, std::optional<Date> audit) {
  Told told = told_of(visit, verdict);
  Date today = visit.tenant.workspace->clock().today();
  write_first(h, told, blockers_of(visit, verdict, told, audit), verdict.stage, today);
  write_crowded(h, visit, told);
}

}  // namespace assay
