#include "web/journey_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "base/hash.h"
#include "base/text.h"
#include "web/assets.h"

namespace assay {
namespace {

// Answers of long questions, per workspace, for as long as nothing changed.
template <class Answer>
class Kept {
 public:
  std::shared_ptr<const Answer> find(const std::string& key, std::int64_t revision) {
    std::lock_guard lock(mutex_);
    auto found = answers_.find(key);
    return found != answers_.end() && found->second.first == revision ? found->second.second : nullptr;
  }
  void keep(const std::string& key, std::int64_t revision, std::shared_ptr<const Answer> answer) {
    std::lock_guard lock(mutex_);
    if (answers_.size() >= most_answers) answers_.clear();
    answers_[key] = {revision, std::move(answer)};
  }

 private:
  static constexpr std::size_t most_answers = 24;
  std::mutex mutex_;
  std::map<std::string, std::pair<std::int64_t, std::shared_ptr<const Answer>>> answers_;
};

// Workspaces of two installations in one process may have the same name; their signing keys differ.
std::string key_of(const Visit& visit, std::string_view rest) {
  const Ed25519Bytes& seed = visit.tenant.workspace->signing_key().seed;
  std::string_view bytes(reinterpret_cast<const char*>(seed.data()), seed.size());
  return fmt::format("{} {}", hex(sha256(bytes)), rest);
}

journey::VerdictSummary summarise(const Verdict& verdict) {
  journey::VerdictSummary summary;
  summary.known = true;
  for (const RuleFinding& finding : verdict.findings) {
    auto& count = summary.by_rule[finding.rule_id];
    ++count.all;
    count.majors += finding.finding_class == FindingClass::major;
  }
  return summary;
}

Result<std::shared_ptr<const Standing>> work_out_standing(Visit& visit, Date today) {
  auto standing = std::make_shared<Standing>();
  if (auto verdict = visit.tenant.auditor.today()) {
    standing->verdict = *verdict;
    standing->summary = summarise(**verdict);
  }
  TRY(auto reader, visit.tenant.workspace->read());
  standing->journey = journey::derive(*reader, standing->summary, today);
  // The rehearsal of the next external audit decides; which one that is does not depend on findings.
  std::string stage = standing->journey.next_stage();
  if (auto rehearsal = visit.tenant.auditor.verdict(today, stage)) {
    standing->summary.majors_by_stage[stage] = (*rehearsal)->count(FindingClass::major);
    standing->journey = journey::derive(*reader, standing->summary, today);
  } else {
    standing->summary.known = false;
  }
  return standing;
}

}  // namespace

bool sees_conformity(const Visit& visit) { return sees_conformity(visit.principal); }

std::optional<Response> refuse_conformity(Visit& visit) {
  if (auto allowed = demand_conformity(visit.principal); !allowed) return error_page(visit, allowed.error());
  return std::nullopt;
}

Result<std::shared_ptr<const Standing>> standing_of(Visit& visit) {
  static Kept<Standing> kept;
  Date today = visit.tenant.workspace->clock().today();
  TRY(std::int64_t revision, visit.tenant.workspace->revision());
  std::string key = key_of(visit, today.iso());
  if (auto found = kept.find(key, revision)) return found;
  TRY(auto standing, work_out_standing(visit, today));
  kept.keep(key, revision, standing);
  return standing;
}

std::string clause_group(std::string_view ref) {
  ref = trim(ref.substr(0, ref.find_first_of(", ")));
  std::string_view number = ref.substr(0, ref.find('.', ref.starts_with("A.") ? 2 : 0));
  for (std::string_view group : clause_groups) {
    if (group == number) return std::string(group);
  }
  return "programme";
}

std::string clause_group_label(std::string_view group) {
  static constexpr std::pair<std::string_view, std::string_view> labels[] = {
      {"4", "4 Context"},       {"5", "5 Leadership"},         {"6", "6 Planning"},
      {"7", "7 Support"},       {"8", "8 Operation"},          {"9", "9 Evaluation"},
      {"10", "10 Improvement"}, {"A.5", "A.5 Organisational"}, {"A.6", "A.6 People"},
      {"A.7", "A.7 Physical"},  {"A.8", "A.8 Technological"},  {"programme", "Certification programme"}};
  for (const auto& [name, label] : labels) {
    if (name == group) return std::string(label);
  }
  return std::string(group);
}

bool lies_under(std::string_view ref, std::string_view clause) {
  ref = trim(ref);
  if (!ref.starts_with(clause)) return false;
  return ref.size() == clause.size() || ref[clause.size()] == '.' || ref[clause.size()] == ' ';
}

void ref_links(HtmlWriter& h, const Visit& visit, std::string_view ref) {
  struct Part {
    std::string_view text;
    std::string url;
  };
  std::vector<Part> parts;
  for (std::string_view part : split(ref, ',')) {
    part = trim(part);
    std::string_view number = part.substr(0, part.find(' '));
    std::string url;
    if (number.starts_with("A.") && visit.site.library.control(number.substr(2)))
      url = "/library/control/" + encode_url(number.substr(2));
    else if (visit.site.library.clause(number)) url = "/library/clause/" + encode_url(number);
    parts.push_back({part, std::move(url)});
  }
  // Beside a reference that leads nowhere, colour alone would not tell which one does.
  bool mixed = std::ranges::any_of(parts, &std::string::empty, &Part::url);
  h.el("span", {cls_if(mixed, "sentence")}, [&] {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) h.text(", ");
      if (parts[i].url.empty()) h.text(parts[i].text);
      else h.el("a", {at("href", parts[i].url), cls("text-nowrap")}, parts[i].text);
    }
  });
}

std::string findings_url(const Fields& parameters) {
  return parameters.empty() ? "/findings" : "/findings?" + join_pairs(parameters);
}

std::string rule_url(std::string_view rule_id) { return "/findings/rule/" + encode_url(rule_id); }

std::string target_url(const journey::Target& target) {
  if (!target.rule.empty()) return rule_url(target.rule);
  if (target.def && !target.record.empty()) return record_url(*target.def, target.record);
  if (!target.def) return target.filter.empty() ? std::string() : "/findings?" + target.filter;
  return target.filter.empty() ? list_url(*target.def) : list_url(*target.def) + "?" + target.filter;
}

std::string_view stage_label(std::string_view stage) { return stage_title(stage); }

std::string_view class_label(FindingClass finding_class) {
  switch (finding_class) {
    case FindingClass::major: return "Majors";
    case FindingClass::minor: return "Minors";
    case FindingClass::observation: return "Observations";
    case FindingClass::ofi: return "Opportunities";
  }
  return {};
}

void chip(HtmlWriter& h, std::string_view url, std::string_view label, bool active) {
  h.el("a", {cls("chip"), cls_if(active, "active"), at("href", url), at_if(active, "aria-current", "true")}, [&] {
    if (active) h.add(icon("check", "icon-sm"));
    h.text(label);
  });
}

Result<std::int64_t> days_asked(const Visit& visit, std::int64_t otherwise, std::int64_t most) {
  std::string_view text = visit.request.query_value("days");
  if (text.empty()) return otherwise;
  auto days = counting_number(text);
  if (days && *days <= most) return *days;
  return fail(Problems{{"days", fmt::format("must be a whole number from 1 to {}", most), shorten(text, 40)}});
}

}  // namespace assay
