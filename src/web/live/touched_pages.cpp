// What new and changed records touch: proposals to be taken over, or declined with a reason.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/frameworks/annex_a_control.h"
#include "isms/operations/incident.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/journey_view.h"
#include "web/live/touched_view.h"
#include "workflows/live/touched.h"

namespace assay {
namespace {

Result<Touched> touched_of(Visit& visit) {
  return touched(visit.tenant.registers, visit.tenant.findings, visit.principal);
}

// The key as one hidden field; parts are separated by a character that ids do not have.
std::string key_text(const TouchKey& key) {
  return fmt::format("{}\n{}\n{}\n{}\n{}", key.register_name, key.record, key.target_register, key.target,
                     name_of(key.what));
}

std::optional<TouchKey> key_in(const Form& form) {
  const std::string text = replace_all(form.value("key"), "\r", "");
  const std::vector<std::string_view> parts = split(text, '\n');
  if (parts.size() != 5) return std::nullopt;
  for (TouchWhat what : {TouchWhat::reassess, TouchWhat::identify, TouchWhat::link_incident, TouchWhat::review_row,
                         TouchWhat::link_risk, TouchWhat::link_obligation}) {
    if (name_of(what) == parts[4])
      return TouchKey{std::string(parts[0]), std::string(parts[1]), std::string(parts[2]), std::string(parts[3]), what};
  }
  return std::nullopt;
}

// Where a proposal is taken over that a person carries out.
std::string form_url(const Visit& visit, const Touch& touch) {
  const EntityDef& def = *visit.registry().find(touch.key.target_register);
  if (touch.key.what == TouchWhat::identify) {
    const std::string& asset = touch.target_title;
    return fmt::format("{}?assets={}", new_url(def), encode_url(asset));
  }
  if (touch.key.what != TouchWhat::reassess) return record_url(def, touch.key.target) + "/edit";
  // A decided or accepted risk is assessed by its step; until then its levels are simply changed.
  auto risk = visit.tenant.registers.read(visit.principal, def, touch.key.target);
  bool by_step = risk && (risk->text("status") == "accepted" || risk->text("status") == "treatment_decided");
  return record_url(def, touch.key.target) + (by_step ? "/step/reassess" : "/edit");
}

std::string source_url(const Visit& visit, const TouchKey& key) {
  if (key.register_name == "rule") return findings_url({{"clause", "A." + key.record}});
  const EntityDef* def = visit.registry().find(key.register_name);
  return def ? record_url(*def, key.record) : std::string();
}

std::string_view source_kind(const Visit& visit, const TouchKey& key) {
  const EntityDef* def = visit.registry().find(key.register_name);
  return def ? def->text.label : std::string_view("Auditor");
}

std::string target_words(const Visit& visit, const Touch& touch) {
  if (touch.key.what == TouchWhat::identify) return "for asset " + touch.target_title;
  if (touch.key.target_register == "soa_entry")
    return std::string(trim(fmt::format("Row {} {}", touch.target_title, annex_a_title(touch.target_title))));
  return fmt::format("{} {} {}", visit.registry().find(touch.key.target_register)->text.label, touch.key.target,
                     touch.target_title);
}

void write_decision(HtmlWriter& h, const Visit& visit, const Touch& touch, std::string_view back) {
  const std::string name = fmt::format("{}, {}", label_of(touch.key.what), target_words(visit, touch));
  auto hidden = [&] {
    hidden_csrf(h, visit);
    h.leaf("input", {at("type", "hidden"), at("name", "key"), at("value", key_text(touch.key))});
    h.leaf("input", {at("type", "hidden"), at("name", "back"), at("value", back)});
  };
  h.el("div", {cls("bench-decision no-print")}, [&] {
    if (is_made_by_product(touch.key.what)) {
      h.el("form", {at("method", "post"), at("action", "/touched/take")}, [&] {
        hidden();
        h.el("button", {cls("btn btn-sm btn-primary"), at("type", "submit"), at("aria-label", name)},
             label_of(touch.key.what));
      });
    } else {
      h.el("a", {cls("btn btn-sm"), at("href", form_url(visit, touch)), at("aria-label", name)},
           label_of(touch.key.what));
    }
    h.el("details", [&] {
      h.el("summary", {cls("text-secondary small")}, "Does not apply");
      h.el("form", {at("method", "post"), at("action", "/touched/decline"), cls("mt-1")}, [&] {
        hidden();
        h.el("label", {cls("form-label")}, [&] {
          h.text("Reason");
          h.leaf("input", {at("type", "text"), cls("form-control"), at("name", "reason"), at("maxlength", 2000),
                           flag("required")});
        });
        h.el("button", {cls("btn btn-sm"), at("type", "submit"), at("aria-label", "Decline: " + name)}, "Decline");
      });
    });
  });
}

void write_touch(HtmlWriter& h, const Visit& visit, const Touch& touch, bool may_be_decided, std::string_view back) {
  h.el("li", {cls("list-group-item bench-item")}, [&] {
    h.el("div", {cls("flex-fill")}, [&] {
      h.el("div", [&] {
        if (touch.key.target.empty()) h.el("span", {cls("fw-medium")}, target_words(visit, touch));
        else
          h.el("a",
               {cls("row-title"),
                at("href", record_url(*visit.registry().find(touch.key.target_register), touch.key.target))},
               target_words(visit, touch));
      });
      h.el("div", {cls("text-secondary")}, touch.why);
    });
    if (may_be_decided) write_decision(h, visit, touch, back);
  });
}

// One card a source, with everything it touches.
void write_sources(HtmlWriter& h, Visit& visit, const std::vector<const Touch*>& touches, std::string_view back) {
  const Instant now = visit.tenant.workspace->clock().now();
  for (std::size_t i = 0; i < touches.size();) {
    const Touch& first = *touches[i];
    h.el("section", {cls("card mb-3")}, [&] {
      h.el("div", {cls("card-header")}, [&] {
        h.el("h2", {cls("card-title")}, [&] {
          h.el("span", {cls("text-secondary fw-normal")}, fmt::format("{} ", source_kind(visit, first.key)));
          h.el("a", {at("href", source_url(visit, first.key))},
               first.source_title.empty() ? first.key.record : first.source_title);
        });
        h.el("span", {cls("text-secondary ms-auto")}, [&] { moment(h, first.at, now); });
      });
      h.el("ul", {cls("list-group list-group-flush")}, [&] {
        for (; i < touches.size() && touches[i]->key.register_name == first.key.register_name &&
               touches[i]->key.record == first.key.record;
             ++i) {
          write_touch(h, visit, *touches[i], may_decide(visit.tenant.registers, visit.principal, *touches[i]).allowed,
                      back);
        }
      });
    });
  }
}

void write_decided(HtmlWriter& h, const Visit& visit, const std::vector<TouchMark>& marks) {
  if (marks.empty()) return;
  constexpr std::size_t most = 100;
  section(h, "decided", "Decided", {}, [&] {
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-sm card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Proposals that were taken over or declined");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Cause", "Proposal", "Decision", "Reason", "By"})
              h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (std::size_t i = 0; i < marks.size() && i < most; ++i) {
            const TouchMark& mark = marks[i];
            h.el("tr", [&] {
              const EntityDef* def = visit.registry().find(mark.register_name);
              h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
                if (def) h.el("a", {at("href", record_url(*def, mark.record))}, mark.record);
                else h.text("A." + mark.record);
              });
              h.el("td", {at("data-label", "Proposal")},
                   fmt::format("{} {}",
                               mark.what == "identify" ? std::string_view("identify a risk")
                                                       : std::string_view(replace_all(mark.what, "_", " ")),
                               mark.target));
              h.el("td", {at("data-label", "Decision")}, mark.outcome == "taken" ? "Taken over" : "Declined");
              h.el("td", {at("data-label", "Reason")}, mark.reason.empty() ? std::string("–") : mark.reason);
              h.el("td", {at("data-label", "By")}, fmt::format("{}, {}", mark.author, mark.at.substr(0, 10)));
            });
          }
        });
      });
    });
  });
}

struct TouchFilter {
  std::string_view register_name, target_register, target;
  bool admits(const Touch& touch) const {
    return (register_name.empty() || touch.key.register_name == register_name) &&
           (target_register.empty() || touch.key.target_register == target_register) &&
           (target.empty() || touch.key.target == target);
  }
};

void write_choice(HtmlWriter& h, const std::vector<Touch>& all, const TouchFilter& filter) {
  auto count = [&](std::string_view target_register) {
    return std::ranges::count_if(all, [&](const Touch& touch) { return touch.key.target_register == target_register; });
  };
  h.el("nav", {cls("chips mb-3 no-print"), at("aria-label", "Proposals by what they touch")}, [&] {
    chip(h, "/touched", fmt::format("All ({})", all.size()), filter.target_register.empty());
    chip(h, "/touched?target=risk", fmt::format("Risks ({})", count("risk")), filter.target_register == "risk");
    chip(h, "/touched?target=soa_entry", fmt::format("Rows of the Statement of Applicability ({})", count("soa_entry")),
         filter.target_register == "soa_entry");
  });
}

Response touched_page(Visit& visit) {
  auto all = touched_of(visit);
  if (!all) return error_page(visit, all.error());
  const TouchFilter filter{visit.request.query_value("register"), visit.request.query_value("target"),
                           visit.request.query_value("id")};
  constexpr std::size_t most = 300;
  std::vector<const Touch*> shown;
  std::size_t more = 0;
  for (const Touch& touch : all->open) {
    if (!filter.admits(touch)) continue;
    if (shown.size() < most) shown.push_back(&touch);
    else ++more;
  }
  Frame frame{
      .title = "Touched by changes", .active = "risk/touched", .kicker = "Clauses 8.2 and 6.1.3 d", .live = "data"};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("p", {cls("text-secondary")},
         fmt::format(
             "Assets, suppliers, incidents, obligations, vulnerabilities, changes, risks and findings of the last {} "
             "days, and what of risks and the Statement of "
             "Applicability they touch. Nothing changes by itself: take a proposal over, or say why it does not apply.",
             days_of_touches));
    if (all->open.empty()) {
      empty_state(h, "checks", "Nothing waits to be looked at",
                  "When a record is new or changes, the risks and rows that depend on it are proposed here, with the "
                  "reason. Example: a new supplier with personal data touches the rows 5.19 to 5.23 and the "
                  "risks from suppliers (clause 8.2: assess again when significant changes occur).",
                  {});
    } else {
      write_choice(h, all->open, filter);
      if (shown.empty()) h.el("p", "No proposal fits this choice.");
      write_sources(h, visit, shown, "/touched");
      if (more > 0)
        h.el("p", {cls("text-secondary")},
             fmt::format("{} more: decide about these first, or choose what they touch.", more));
    }
    write_decided(h, visit, all->decided);
  });
}

std::string back_of(const Form& form) {
  const std::string back(form.value("back"));
  return is_local_target(back) ? back : std::string("/touched");
}

template <class Decide>
Response decided(Visit& visit, std::string_view message, const Decide& decide) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto key = key_in(*form);
  if (!key)
    return error_page(
        visit, {ErrorKind::invalid, "The proposal cannot be read.", {{"key", "must name a proposal", {}}}, {}, {}});
  auto result = decide(*form, *key);
  return result ? done(visit, back_of(*form), message) : error_page(visit, result.error());
}

Response take_page(Visit& visit) {
  return decided(visit, "Taken over: the row is changed.", [&](const Form&, const TouchKey& key) {
    return take_touch(visit.tenant.registers, visit.tenant.findings, visit.principal, key);
  });
}

Response decline_page(Visit& visit) {
  return decided(visit, "Declined; the reason is kept.", [&](const Form& form, const TouchKey& key) {
    return decline_touch(visit.tenant.registers, visit.tenant.findings, visit.principal, key, form.value("reason"));
  });
}

bool concerns_touches(const Record& record) {
  const std::string_view name = record.def->name();
  return name == "soa_entry" || std::ranges::find(touching_registers(), name) != touching_registers().end();
}

}  // namespace

void write_touches(HtmlWriter& h, Visit& visit, const Record& record) {
  if (!concerns_touches(record) || !sees_conformity(visit)) return;
  auto all = touched_of(visit);
  if (!all) return;
  std::vector<const Touch*> from, to;
  for (const Touch& touch : all->open) {
    const bool is_source = touch.key.register_name == record.def->name() && touch.key.record == record.id;
    const bool is_target = touch.key.target_register == record.def->name() && touch.key.target == record.id;
    if (is_source) from.push_back(&touch);
    else if (is_target) to.push_back(&touch);
  }
  if (from.empty() && to.empty()) return;
  const std::string back = record_url(*record.def, record.id);
  HtmlWriter link(128);
  link.el("a", {at("href", "/touched")}, "All proposals");
  section(h, "touches", from.empty() ? "Touched by" : "Touches", link.take(), [&] {
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (const Touch* touch : from)
        write_touch(h, visit, *touch, may_decide(visit.tenant.registers, visit.principal, *touch).allowed, back);
      for (const Touch* touch : to) {
        h.el("li", {cls("list-group-item bench-item")}, [&] {
          h.el("div", {cls("flex-fill")}, [&] {
            h.el("a", {cls("row-title"), at("href", source_url(visit, touch->key))},
                 fmt::format("{} {}", source_kind(visit, touch->key), touch->source_title));
            h.el("div", {cls("text-secondary")}, touch->why);
          });
          if (may_decide(visit.tenant.registers, visit.principal, *touch).allowed)
            write_decision(h, visit, *touch, back);
        });
      }
    });
  });
}

void write_touched_card(HtmlWriter& h, Visit& visit) {
  auto all = touched_of(visit);
  if (!all || all->open.empty()) return;
  const auto risks =
      std::ranges::count_if(all->open, [](const Touch& touch) { return touch.key.target_register == "risk"; });
  const auto rows =
      std::ranges::count_if(all->open, [](const Touch& touch) { return touch.key.target_register == "soa_entry"; });
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "touched")}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "touched")}, "Touched by changes");
      h.el("span", {cls("badge bg-azure-lt ms-auto")},
           fmt::format("{} {}", all->open.size(), all->open.size() == 1 ? "proposal" : "proposals"));
    });
    h.el("div", {cls("card-body")}, [&] {
      h.el("a", {at("href", "/touched?target=risk")}, fmt::format("{} {}", risks, risks == 1 ? "risk" : "risks"));
      h.text(" and ");
      h.el("a", {at("href", "/touched?target=soa_entry")},
           fmt::format("{} {} of the Statement of Applicability", rows, rows == 1 ? "row" : "rows"));
      h.text(" may need another look.");
    });
  });
}

std::vector<PageRoute> touched_pages() {
  return {
      kept({"GET", "/touched", touched_page}),
      {"POST", "/touched/take", take_page},
      {"POST", "/touched/decline", decline_page},
  };
}

}  // namespace assay
