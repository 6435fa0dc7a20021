#include "isms/risk/treatment_schedule.h"

#include <algorithm>
#include <map>

#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_guards.h"
#include "isms/risk/risk_treatment_plan.h"

namespace assay {
namespace {

struct Node {
  const TreatmentAction* action = nullptr;
  std::vector<std::size_t> before, after;  // positions
  std::int64_t days = 1;
  Date start, end, latest_end;
  bool placed = false, on_path = false;
};

using Graph = std::vector<Node>;

Graph graph_of(std::span<const TreatmentAction> actions, std::vector<Id>& undated) {
  Graph graph;
  std::map<std::string_view, std::size_t> positions;
  for (const TreatmentAction& action : actions) {
    if (!risk_action_is_open(action)) continue;
    if (!checks::given(action.due_on)) {
      undated.push_back(action.id);
      continue;
    }
    positions.emplace(action.id, graph.size());
    Node node;
    node.action = &action;
    const bool has_start = checks::given(action.start_on) && *action.start_on <= *action.due_on;
    node.days = has_start ? days_between(*action.start_on, *action.due_on) + 1 : 1;
    graph.push_back(std::move(node));
  }
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const auto& ref : graph[i].action->depends_on) {
      auto found = positions.find(ref.id);
      if (found == positions.end()) continue;
      graph[i].before.push_back(found->second);
      graph[found->second].after.push_back(i);
    }
  }
  return graph;
}

// Depth first; `order` gets everything after what it waits for. The circle when there is one.
bool order_from(Graph& graph, std::size_t at, std::vector<std::size_t>& order, std::vector<Id>& circle) {
  Node& node = graph[at];
  if (node.placed) return true;
  circle.push_back(node.action->id);
  if (node.on_path) {
    circle.erase(circle.begin(), std::ranges::find(circle, node.action->id));
    return false;
  }
  node.on_path = true;
  for (std::size_t before : node.before) {
    if (!order_from(graph, before, order, circle)) return false;
  }
  node.on_path = false;
  node.placed = true;
  circle.pop_back();
  order.push_back(at);
  return true;
}

void place_forward(Graph& graph, const std::vector<std::size_t>& order, Date today) {
  for (std::size_t at : order) {
    Node& node = graph[at];
    const TreatmentAction& action = *node.action;
    const bool running = action.status == TreatmentActionStatus::in_progress;
    node.start = checks::given(action.start_on) ? *action.start_on : today;
    if (!running) node.start = std::max(node.start, today);
    for (std::size_t before : node.before) node.start = std::max(node.start, graph[before].end.plus_days(1));
    // Work that has begun ends on its deadline, or today when that has passed.
    node.end = running ? std::max({*action.due_on, today, node.start}) : node.start.plus_days(node.days - 1);
  }
}

void place_backward(Graph& graph, const std::vector<std::size_t>& order, Date end) {
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    Node& node = graph[*at];
    node.latest_end = end;
    for (std::size_t after : node.after) {
      const Node& next = graph[after];
      const Date latest_start = next.latest_end.plus_days(-days_between(next.start, next.end));
      node.latest_end = std::min(node.latest_end, latest_start.plus_days(-1));
    }
  }
}

// From what ends last back through what held it up.
std::vector<Id> longest_chain(const Graph& graph) {
  std::vector<Id> path;
  auto last = std::ranges::max_element(graph, {}, &Node::end);
  const Node* node = last == graph.end() ? nullptr : &*last;
  while (node) {
    path.push_back(node->action->id);
    const Node* next = nullptr;
    for (std::size_t before : node->before) {
      if (graph[before].end.plus_days(1) == node->start) next = &graph[before];
    }
    node = next;
  }
  std::ranges::reverse(path);
  return path;
}

}  // namespace

const ActionTimes* TreatmentSchedule::of(std::string_view action) const {
  auto found = std::ranges::find(times, action, &ActionTimes::action);
  return found == times.end() ? nullptr : &*found;
}

bool is_late(const TreatmentAction& action, Date today) {
  return risk_action_is_open(action) && checks::given(action.due_on) && *action.due_on < today;
}

TreatmentSchedule schedule_of(std::span<const TreatmentAction> actions, Date today) {
  TreatmentSchedule out;
  Graph graph = graph_of(actions, out.undated);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    if (!order_from(graph, i, order, out.circle)) return out;
  }
  if (graph.empty()) return out;
  place_forward(graph, order, today);
  out.earliest_end = std::ranges::max_element(graph, {}, &Node::end)->end;
  place_backward(graph, order, *out.earliest_end);
  for (const Node& node : graph) {
    ActionTimes times{node.action->id, node.start, node.end, days_between(node.end, node.latest_end), {}};
    for (std::size_t before : node.before) {
      const TreatmentAction& waited = *graph[before].action;
      if (checks::given(node.action->start_on) && *waited.due_on >= *node.action->start_on)
        times.clashes.push_back(waited.id);
    }
    out.times.push_back(std::move(times));
    if (!out.planned_end || *out.planned_end < *node.action->due_on) out.planned_end = *node.action->due_on;
  }
  out.critical_path = longest_chain(graph);
  return out;
}

}  // namespace assay
