// A list as a board: a column for each state of the lifecycle, a card for each record.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/list_view.h"

namespace assay {
namespace {

constexpr std::size_t cards_per_state = 50;

struct Lane {
  std::string_view name, label;
  Page page;
};

// Title and holder are what a card shows; where the state is worked out, everything is needed for that.
std::vector<const FieldDef*> card_fields(const EntityDef& def) {
  std::vector<const FieldDef*> fields{&def.title_field()};
  const FieldDef* holder = def.find(def.text.holder.empty() ? std::string_view("owner") : def.text.holder);
  if (holder && holder != fields.front()) fields.push_back(holder);
  if (!def.lifecycle->field.empty()) return fields;
  for (const FieldDef& field : def.fields) {
    if (std::find(fields.begin(), fields.end(), &field) == fields.end()) fields.push_back(&field);
  }
  return fields;
}

Result<std::vector<Lane>> lanes_by_field(Visit& visit, const ListPlace& place) {
  const FieldDef* state = place.def->find(place.def->lifecycle->field);
  std::vector<Lane> lanes;
  for (const Choice& choice : state->choices) {
    ListQuery query = place.query;
    query.columns = card_fields(*place.def);
    query.limit = cards_per_state;
    query.after.clear();
    query.filters.push_back({state, Comparison::is, {std::string(choice.name)}});
    TRY(Page page, visit.tenant.registers.list(visit.principal, query));
    lanes.push_back({choice.name, choice.label, std::move(page)});
  }
  return lanes;
}

Result<std::vector<Lane>> lanes_by_record(Visit& visit, const ListPlace& place) {
  ListQuery query = place.query;
  query.columns = card_fields(*place.def);
  query.limit = 500;
  query.after.clear();
  TRY(Page page, visit.tenant.registers.list(visit.principal, query));
  std::vector<Lane> lanes;
  for (const State& state : place.def->lifecycle->states) lanes.push_back({state.name, state.label, {}});
  for (ListRow& row : page.rows) {
    std::string_view state = row.record.state();
    auto lane =
        std::find_if(lanes.begin(), lanes.end(), [&](const Lane& candidate) { return candidate.name == state; });
    if (lane == lanes.end()) continue;
    ++lane->page.total;
    if (lane->page.rows.size() < cards_per_state) lane->page.rows.push_back(std::move(row));
  }
  return lanes;
}

void card(HtmlWriter& h, const Visit& visit, const ListRow& row) {
  const Record& record = row.record;
  std::vector<const FieldDef*> fields = card_fields(*record.def);
  bool title_refers = fields.front()->kind == Kind::reference;
  std::string_view title =
      title_refers && !row.titles.front().empty() ? std::string_view(row.titles.front()) : record.title();
  h.el("li", {cls("board-card card")}, [&] {
    h.el("a", {cls("row-title"), at("href", record_url(*record.def, record.id))}, title);
    h.el("div", {cls("board-facts")}, [&] {
      h.el("span", {cls("numeric")}, record.id);
      if (fields.size() > 1 && fields[1]->kind == Kind::reference && !row.titles[1].empty() &&
          sees_field(visit, *record.def, *fields[1])) {
        h.el("span", {at("title", fields[1]->text.label)}, row.titles[1]);
      }
    });
  });
}

void lane_column(HtmlWriter& h, const Visit& visit, const ListPlace& place, const Lane& lane) {
  h.el("section", {cls("board-lane"), at("aria-label", lane.label)}, [&] {
    h.el("h2", {cls("board-head")}, [&] {
      state_badge(h, *place.def, lane.name, lane.label);
      std::string count = lane.page.more_than_total ? "1,000+" : grouped(lane.page.total);
      h.el("span", {cls("text-secondary ms-2 numeric")}, count);
    });
    if (lane.page.rows.empty()) return h.el("p", {cls("text-secondary small")}, "None.");
    h.el("ul", {cls("board-cards")}, [&] {
      for (const ListRow& row : lane.page.rows) card(h, visit, row);
    });
    auto shown = static_cast<std::int64_t>(lane.page.rows.size());
    if (lane.page.total <= shown) return;
    if (place.def->lifecycle->field.empty())
      return h.el("p", {cls("text-secondary small")}, fmt::format("and {} more", lane.page.total - shown));
    Fields all = with(without(place.parameters, {"view", "after"}), place.def->lifecycle->field, lane.name);
    h.el("a", {cls("small"), at("href", address(*place.def, all))}, "All of them");
  });
}

}  // namespace

void write_board(HtmlWriter& h, Visit& visit, const ListPlace& place) {
  auto lanes = place.def->lifecycle->field.empty() ? lanes_by_record(visit, place) : lanes_by_field(visit, place);
  h.el("div", {at("id", "list-table")}, [&] {
    if (!lanes) return problem_list(h, lanes.error());
    h.el("div", {cls("board"), at("tabindex", 0), at("role", "group"), at("aria-label", "Board by state")}, [&] {
      for (const Lane& lane : *lanes) lane_column(h, visit, place, lane);
    });
  });
}

}  // namespace assay
