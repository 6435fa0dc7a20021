// What a person owes, and the home of those who have no other task than that.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/readiness/duties.h"
#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {
namespace {

constexpr std::size_t most_of_a_kind = 20;

Filter open_filter(const EntityDef& def, const journey::Duty& duty) {
  Filter open{def.find(duty.open_field), Comparison::empty, {}};
  if (duty.open_states.empty()) return open;
  open.comparison = Comparison::is;
  for (std::string_view state : split(duty.open_states, ' ')) open.values.emplace_back(state);
  return open;
}

void add_duties(Visit& visit, const journey::Duty& duty, std::int64_t grace, bool everything,
                std::vector<OwnDuty>& out) {
  const EntityDef* def = visit.registry().find(duty.register_name);
  if (!def || !visit.may(Action::see, *def)) return;
  const FieldDef* due = def->find(duty.due);
  ListQuery query;
  query.def = def;
  query.filters.push_back({def->find(duty.person), Comparison::is, {visit.principal.person}});
  query.filters.push_back(open_filter(*def, duty));
  Date until = visit.tenant.workspace->clock().today().plus_days(7 - grace);
  if (!everything) query.filters.push_back({due, Comparison::at_most, {until.iso()}});
  query.sort = due;
  query.limit = most_of_a_kind;
  query.columns = {&def->title_field(), due};
  auto page = visit.tenant.registers.list(visit.principal, query);
  if (!page) return;
  for (const ListRow& row : page->rows) {
    auto day = Date::parse(row.record.text(duty.due));
    if (!day) continue;
    std::string title = row.titles.empty() || row.titles[0].empty() ? std::string(row.record.title()) : row.titles[0];
    out.push_back({def, row.record.id, std::move(title), std::string(duty.words), day->plus_days(grace),
                   duty.kind == journey::DutyKind::read, duty.kind == journey::DutyKind::learn});
  }
}

std::string when(Date due, Date today) {
  std::int64_t days = days_between(today, due);
  if (days == 0) return "today";
  if (days == -1) return "1 day overdue";
  if (days < 0) return fmt::format("{} days overdue", -days);
  return days == 1 ? "tomorrow" : fmt::format("in {} days", days);
}

void duty_card(HtmlWriter& h, std::string_view icon_name, std::string_view title, std::string_view nothing,
               const std::vector<OwnDuty>& duties, Date today) {
  h.el("section", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.add(icon(icon_name, "icon-sm"));
      h.el("h2", {cls("card-title")}, title);
      if (!duties.empty()) h.el("span", {cls("badge bg-yellow-lt ms-auto")}, fmt::format("{} open", duties.size()));
    });
    if (duties.empty()) h.el("div", {cls("card-body text-secondary")}, nothing);
    else write_duties(h, duties, today);
  });
}

std::vector<OwnDuty> only(const std::vector<OwnDuty>& all, bool read, bool learn) {
  std::vector<OwnDuty> out;
  std::ranges::copy_if(all, std::back_inserter(out),
                       [&](const OwnDuty& duty) { return duty.read == read && duty.learn == learn; });
  return out;
}

void report_card(HtmlWriter& h, const Visit& visit) {
  const EntityDef* incident = visit.registry().find("incident");
  if (!incident || !visit.may(Action::create, *incident)) return;
  h.el("section", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("h2", {cls("card-title")}, "Report");
      h.el("p",
           "Something lost, a strange message, a door left open, a mistake of your own: report it at once. Nobody is "
           "blamed for reporting.");
      h.el("a", {cls("btn btn-primary"), at("href", new_url(*incident))}, [&] {
        h.add(icon("speakerphone"));
        h.text("Report an incident");
      });
      h.el("a", {cls("btn ms-2"), at("href", list_url(*incident))}, "What I reported");
    });
  });
}

void read_card(HtmlWriter& h, const Visit& visit) {
  const EntityDef* document = visit.registry().find("document");
  if (!document || !visit.may(Action::see, *document)) return;
  h.el("section", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("h2", {cls("card-title")}, "Read");
      h.el("p", "The policies and procedures that bind everybody here.");
      h.el("a", {cls("btn"), at("href", list_url(*document) + "?audience=all_staff")}, [&] {
        h.add(icon("book-2"));
        h.text("Policies for all staff");
      });
    });
  });
}

}  // namespace

std::vector<OwnDuty> own_duties(Visit& visit, bool everything) {
  std::vector<OwnDuty> out;
  if (visit.principal.person.empty()) return out;
  std::map<std::string, double, std::less<>> parameters;
  if (auto reader = visit.tenant.workspace->read()) {
    if (auto values = (*reader)->parameters(visit.tenant.workspace->clock().today())) parameters = *values;
  }
  for (const journey::Duty& duty : journey::duties()) {
    auto grace = parameters.find(duty.grace);
    add_duties(visit, duty, grace == parameters.end() ? 0 : static_cast<std::int64_t>(grace->second), everything, out);
  }
  std::ranges::stable_sort(out, {}, &OwnDuty::due);
  return out;
}

void write_duties(HtmlWriter& h, const std::vector<OwnDuty>& duties, Date today) {
  h.el("ul", {cls("list-group list-group-flush duty-list")}, [&] {
    for (const OwnDuty& duty : duties) {
      bool late = duty.due < today;
      h.el("li", {cls("list-group-item")}, [&] {
        h.el("div", {cls("duty-what")}, [&] {
          h.el("span", {cls("text-secondary")}, duty.words);
          h.el("a", {cls("duty-link"), at("href", record_url(*duty.def, duty.id))},
               duty.title.empty() ? duty.id : duty.title);
        });
        h.el("span", {cls("badge"), cls(late ? "bg-red-lt" : "bg-yellow-lt")}, [&] {
          h.add(icon(late ? "clock-exclamation" : "calendar-due", "icon-sm me-1"));
          h.el("time", {at("datetime", duty.due.iso()), at("title", duty.due.iso())}, when(duty.due, today));
        });
      });
    }
  });
}

void write_employee_home(HtmlWriter& h, Visit& visit) {
  Date today = visit.tenant.workspace->clock().today();
  std::vector<OwnDuty> duties = own_duties(visit, true);
  std::vector<OwnDuty> others = only(duties, false, false);
  h.el("div", {cls("row")}, [&] {
    h.el("div", {cls("col-lg-6")}, [&] {
      duty_card(h, "user-check", "Confirm", "Nothing waits for your confirmation.", only(duties, true, false), today);
      duty_card(h, "school", "Learn", "No training is open.", only(duties, false, true), today);
      if (!others.empty()) duty_card(h, "list-check", "Also yours", "", others, today);
    });
    h.el("div", {cls("col-lg-6")}, [&] {
      read_card(h, visit);
      report_card(h, visit);
    });
  });
  if (visit.principal.person.empty()) {
    h.el("p", {cls("text-secondary")},
         "Your account is not linked to a person in the register of people, so nothing can be shown as yours.");
  }
}

}  // namespace assay
