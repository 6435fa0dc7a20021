#include "isms/frameworks/gap_roadmap.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "isms/frameworks/gap_questions.h"

namespace assay {
namespace {

GapItemRiskSeverity own_severity(const GapItem& item) {
  return item.risk_severity.value_or(GapItemRiskSeverity::medium);
}
GapItemComplexity complexity_of(const GapItem& item) { return item.complexity.value_or(GapItemComplexity::medium); }

// "6.1.2" before "6.1.10", clauses before controls.
std::vector<int> number_of_key(std::string_view key) {
  std::vector<int> out{key.starts_with("A.") ? 1 : 0, 0};
  for (char c : key.substr(key.starts_with("A.") ? 2 : 0)) {
    if (c == '.') out.push_back(0);
    else if (c >= '0' && c <= '9') out.back() = out.back() * 10 + (c - '0');
  }
  return out;
}

// Gaps, with positions into the list itself of what each waits for.
std::vector<RoadmapStep> open_steps(std::span<const GapItem> items) {
  std::vector<RoadmapStep> steps;
  std::map<std::string_view, std::size_t> position;
  for (const GapItem& item : items) {
    if (!is_gap(item.result)) continue;
    position[item.id] = steps.size();
    RoadmapStep step{.item = &item, .key = gap_key(item), .severity = own_severity(item)};
    step.assumed = !item.effort_days;
    step.effort_days = item.effort_days.value_or(assumed_effort(item));
    steps.push_back(std::move(step));
  }
  for (RoadmapStep& step : steps) {
    for (const Ref<GapItem>& before : step.item->depends_on) {
      // What is met already holds nothing up.
      if (auto found = position.find(before.id); found != position.end()) step.after.push_back(found->second);
    }
  }
  return steps;
}

void inherit_severity(std::vector<RoadmapStep>& steps) {
  for (bool changed = true; std::exchange(changed, false);) {
    for (const RoadmapStep& step : steps) {
      for (std::size_t before : step.after) {
        if (steps[before].severity >= step.severity) continue;
        steps[before].severity = step.severity;
        steps[before].inherited = changed = true;
      }
    }
  }
}

// Positions in the order of work; steps of a circle are taken by the same rule when nothing else is left.
std::vector<std::size_t> order_of(const std::vector<RoadmapStep>& steps, std::vector<std::string>& cycle) {
  auto before = [&](std::size_t a, std::size_t b) {
    auto rank = [&](const RoadmapStep& step) {
      return std::tuple(-static_cast<int>(step.severity), complexity_of(*step.item), number_of_key(step.key), step.key);
    };
    return rank(steps[a]) < rank(steps[b]);
  };
  std::vector<bool> done(steps.size(), false);
  std::vector<std::size_t> order;
  while (order.size() < steps.size()) {
    std::optional<std::size_t> next, stuck;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (done[i]) continue;
      bool ready = std::ranges::all_of(steps[i].after, [&](std::size_t needed) { return done[needed]; });
      auto& best = ready ? next : stuck;
      if (!best || before(i, *best)) best = i;
    }
    if (!next) cycle.push_back(steps[*stuck].key);
    order.push_back(next ? *next : *stuck);
    done[order.back()] = true;
  }
  return order;
}

void schedule(Roadmap& roadmap, const RoadmapCapacity& capacity) {
  double persons = capacity.persons > 0 ? capacity.persons : 1;
  double days_a_week = capacity.days_a_week > 0 ? capacity.days_a_week : 2.5;
  auto lanes = static_cast<std::size_t>(std::max(1.0, std::floor(persons)));
  double rate = persons * days_a_week / static_cast<double>(lanes) / 7;  // person-days a calendar day, in one lane
  std::vector<Date> free(std::min(lanes, std::max<std::size_t>(roadmap.steps.size(), 1)), capacity.from);
  roadmap.ends_on = capacity.from;
  for (RoadmapStep& step : roadmap.steps) {
    auto days = static_cast<std::int64_t>(std::ceil(step.effort_days / rate - 1e-9));
    Date& lane = *std::ranges::min_element(free);
    step.from = lane;
    for (std::size_t before : step.after) step.from = std::max(step.from, roadmap.steps[before].to.plus_days(1));
    step.by_capacity = step.from.plus_days(std::max<std::int64_t>(days - 1, 0));
    lane = step.by_capacity.plus_days(1);
    step.promised =
        step.item->target_on && *step.item->target_on != Date{} && step.item->target_on != step.item->roadmap_on;
    step.to = step.promised ? *step.item->target_on : step.by_capacity;
    if (step.to < step.from) step.from = step.to.plus_days(-std::max<std::int64_t>(days - 1, 0));
    roadmap.ends_on = std::max(roadmap.ends_on, step.to);
    roadmap.effort_days += step.effort_days;
  }
}

}  // namespace

double assumed_effort(const GapItem& item) {
  constexpr double days[] = {2, 5, 12};
  double whole = days[static_cast<std::size_t>(complexity_of(item))];
  return item.result == GapItemResult::partial ? whole / 2 : whole;
}

Roadmap gap_roadmap(std::span<const GapItem> items, const RoadmapCapacity& capacity) {
  std::vector<RoadmapStep> steps = open_steps(items);
  inherit_severity(steps);
  Roadmap roadmap;
  std::vector<std::size_t> order = order_of(steps, roadmap.cycle);
  std::vector<std::size_t> rank(steps.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  for (std::size_t position : order) {
    RoadmapStep& step = steps[position];
    for (std::size_t& before : step.after) before = rank[before];
    // Inside a circle something has to begin.
    std::erase_if(step.after, [&](std::size_t before) { return before >= rank[position]; });
    roadmap.steps.push_back(std::move(step));
  }
  schedule(roadmap, capacity);
  return roadmap;
}

std::vector<std::string> dependency_circle(std::span<const GapItem> items, std::string_view key,
                                           std::span<const std::string> depends_on) {
  std::map<std::string_view, const GapItem*> by_id;
  std::map<std::string, std::vector<std::string>> waits;  // by key
  for (const GapItem& item : items) by_id[item.id] = &item;
  for (const GapItem& item : items) {
    for (const Ref<GapItem>& before : item.depends_on) {
      if (auto found = by_id.find(before.id); found != by_id.end())
        waits[gap_key(item)].push_back(gap_key(*found->second));
    }
  }
  waits[std::string(key)].assign(depends_on.begin(), depends_on.end());
  std::vector<std::string> path{std::string(key)};
  std::set<std::string> seen;
  auto leads_back = [&](auto& self, const std::string& from) -> bool {
    for (const std::string& next : waits[from]) {
      path.push_back(next);
      if (next == key || (seen.insert(next).second && self(self, next))) return true;
      path.pop_back();
    }
    return false;
  };
  return leads_back(leads_back, path.front()) ? path : std::vector<std::string>();
}

}  // namespace assay
