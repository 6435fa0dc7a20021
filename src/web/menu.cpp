// The side menu: phases of the process with the registers that this person may see.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <optional>

#include "isms/readiness/duties.h"
#include "web/assets.h"
#include "web/frame.h"
#include "web/journey_view.h"

namespace assay {
namespace {

struct Entry {
  std::string_view name, label, url, icon_name, keys;
};

constexpr Entry above[] = {
    {"home", "Home", "/", "home", "g h"},
    {"readiness", "Readiness", "/readiness", "gauge", "g k"},
    {"findings", "Findings", "/findings", "flag", "g f"},
    {"forecast", "Forecast", "/forecast", "calendar-event", "g w"},
    {"rehearsals", "Rehearsals", "/rehearsals", "clipboard-check", "g v"},
    {"issued", "Issued documents", "/issued", "file-certificate", "g x"},
};
constexpr Entry below[] = {
    {"library", "Library", "/library", "book-2", "g y"},
    {"ledger", "Ledger", "/ledger", "history", "g l"},
    {"import", "Import", "/import", "file-import", "g u"},
    {"fields", "Custom fields", "/fields", "adjustments-horizontal", ""},
};

// Workbenches: pages over several registers, at the head of their phase. Their pages have Frame::active
// "<phase>/<name>".
struct Workbench {
  Phase phase;
  std::string_view name, label, url, keys;
};
constexpr Workbench workbenches[] = {
    {Phase::organisation, "context", "Context", "/context", "g 1"},
    {Phase::organisation, "scope", "Scope", "/scope", "g 2"},
    {Phase::organisation, "governance", "Governance", "/governance", "g 3"},
    {Phase::organisation, "objectives", "Objectives", "/objectives", "g 4"},
    {Phase::risk, "method", "Risk method", "/risk/method", "g 5"},
    {Phase::risk, "calibration", "Calibration", "/risk/calibration", "g 6"},
    {Phase::risk, "register", "Risk register", "/risks", "g b"},
    {Phase::risk, "loss", "Quantitative risk", "/risks/loss", "g 7"},
    {Phase::risk, "treatment", "Treatment plan", "/treatment", "g 8"},
    {Phase::risk, "acceptances", "Acceptance of risks", "/acceptances", "g 9"},
    {Phase::risk, "touched", "Touched by changes", "/touched", "g 0"},
    {Phase::applicability, "soa", "Statement of Applicability", "/soa", "g o"},
    {Phase::audit, "gap", "Gap analysis", "/gap", "g g"},
};

// Keys that lead to a register from anywhere.
std::string_view keys_of(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> keys[] = {
      {"risk", "g r"},     {"control", "g c"},  {"asset", "g a"},  {"document", "g d"}, {"evidence", "g e"},
      {"incident", "g i"}, {"supplier", "g s"}, {"person", "g p"}, {"audit", "g t"},    {"nonconformity", "g n"}};
  for (const auto& [register_name, shortcut] : keys) {
    if (register_name == name) return shortcut;
  }
  return {};
}

void plain_entry(HtmlWriter& h, const Entry& entry, const Frame& frame) {
  bool current = frame.active == entry.name;
  h.el("li", {cls("nav-item"), cls_if(current, "active")}, [&] {
    h.el("a",
         {cls("nav-link"), at("href", entry.url), at_if(current, "aria-current", "page"),
          at_if(!entry.keys.empty(), "data-shortcut", entry.keys)},
         [&] {
           h.add(icon(entry.icon_name, "icon-sm me-2"));
           h.text(entry.label);
         });
  });
}

void phase_entry(HtmlWriter& h, Phase phase, const std::vector<const EntityDef*>& registers, const Frame& frame,
                 std::string_view current) {
  bool active = frame.active == phase_name(phase) || frame.active.starts_with(fmt::format("{}/", phase_name(phase)));
  h.el("li", {cls("nav-item"), cls_if(active, "active")}, [&] {
    h.el("details", {cls("nav-phase"), flag("open", active), at("name", "menu")}, [&] {
      h.el("summary", {cls("nav-link"), cls_if(active, "active")}, [&] {
        h.add(icon(phase_icon(phase), "icon-sm me-2"));
        h.el("span", {cls("flex-fill")}, phase_label(phase));
        h.add(icon("chevron-right", "icon-sm nav-chevron"));
      });
      h.el("ul", {cls("nav-sub")}, [&] {
        for (const Workbench& bench : workbenches) {
          if (bench.phase != phase) continue;
          bool here = frame.active == fmt::format("{}/{}", phase_name(phase), bench.name);
          h.el("li", [&] {
            h.el("a",
                 {cls("nav-link nav-bench"), cls_if(here, "active"), at("href", bench.url),
                  at_if(here, "aria-current", "page"), at_if(!bench.keys.empty(), "data-shortcut", bench.keys)},
                 bench.label);
          });
        }
        const bool has_benches =
            std::ranges::any_of(workbenches, [&](const Workbench& bench) { return bench.phase == phase; });
        if (has_benches && !registers.empty()) h.el("li", {cls("nav-head")}, "Registers");
        for (const EntityDef* def : registers) {
          bool here = def->name() == current;
          std::string_view keys = keys_of(def->name());
          h.el("li", [&] {
            h.el("a",
                 {cls("nav-link"), cls_if(here, "active"), at("href", list_url(*def)),
                  at_if(here, "aria-current", "page"), at_if(!keys.empty(), "data-shortcut", keys)},
                 def->text.plural);
          });
        }
      });
    });
  });
}

// Staff at large: what they read, learn and report. The phases of the management system are not theirs to walk through.
bool concerns_staff(const Visit& visit, const EntityDef& def) {
  auto is_task = [&](const journey::Duty& duty) {
    return duty.kind != journey::DutyKind::other && duty.register_name == def.name();
  };
  return def.name() == "document" || visit.may(Action::create, def) || std::ranges::any_of(journey::duties(), is_task);
}

void staff_entries(HtmlWriter& h, const Visit& visit, const Frame& frame, std::string_view current) {
  plain_entry(h, above[0], frame);
  for (const EntityDef* def : visit.registry().all()) {
    if (!visit.may(Action::see, *def) || !concerns_staff(visit, *def)) continue;
    bool here = def->name() == current;
    h.el("li", {cls("nav-item"), cls_if(here, "active")}, [&] {
      h.el("a", {cls("nav-link"), at("href", list_url(*def)), at_if(here, "aria-current", "page")}, [&] {
        h.add(icon(phase_icon(def->text.phase), "icon-sm me-2"));
        h.text(def->text.plural);
      });
    });
  }
}

std::string build(const Visit& visit, const Frame& frame, std::string_view current) {
  bool runs_it = sees_conformity(visit) || may_administer(visit.principal).allowed;
  std::array<std::vector<const EntityDef*>, 12> by_phase;
  bool may_import = false;
  for (const EntityDef* def : visit.registry().all()) {
    may_import = may_import || visit.may(Action::import_, *def);
    if (!def->text.parent.empty() || !visit.may(Action::see, *def)) continue;
    by_phase[static_cast<std::size_t>(def->text.phase)].push_back(def);
  }
  HtmlWriter h(24 * 1024);
  h.el("ul", {cls("navbar-nav")}, [&] {
    if (!runs_it) return staff_entries(h, visit, frame, current);
    for (const Entry& entry : above) {
      if (entry.name == "home" || sees_conformity(visit)) plain_entry(h, entry, frame);
    }
    for (std::size_t i = 0; i < by_phase.size(); ++i) {
      if (!by_phase[i].empty()) phase_entry(h, static_cast<Phase>(i), by_phase[i], frame, current);
    }
    h.el("li", {cls("nav-rule"), at("aria-hidden", "true")});
    for (const Entry& entry : below) {
      bool hidden =
          (entry.name == "import" && !may_import) || (entry.name == "fields" && !may_define_fields(visit.principal));
      if (!hidden) plain_entry(h, entry, frame);
    }
  });
  return h.take().take();
}

// What of a person decides what the menu shows: roles, and whether there are records of one's own.
std::string cache_key(const Visit& visit, const Frame& frame, std::string_view current) {
  std::string key;
  for (std::size_t i = 0; i < choices_of<Role>.size(); ++i)
    key += visit.principal.roles.has(static_cast<Role>(i)) ? '1' : '0';
  key += visit.principal.person.empty() ? '-' : 'p';
  key += visit.principal.read_only ? 'r' : 'w';
  key.append("|").append(frame.active).append("|").append(current);
  return key;
}

}  // namespace

const std::string& menu_markup(const Visit& visit, const Frame& frame, std::string_view current_register) {
  static std::mutex mutex;
  static std::map<std::string, std::string, std::less<>> cache;  // entries are never removed: references stay good
  // A name out of the address would let anybody fill the cache.
  const EntityDef* def = visit.registry().find(current_register);
  std::string_view current = def ? def->name() : std::string_view();
  std::string key = cache_key(visit, frame, current);
  {
    std::lock_guard lock(mutex);
    if (auto found = cache.find(key); found != cache.end()) return found->second;
  }
  std::string markup = build(visit, frame, current);
  std::lock_guard lock(mutex);
  return cache.try_emplace(std::move(key), std::move(markup)).first->second;
}

}  // namespace assay
