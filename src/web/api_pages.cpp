// The documentation of the REST API: what concerns every register on one page, and a page for each register. Made from
// what the OpenAPI document is made from.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/service/api_description.h"
#include "web/assets.h"
#include "web/page.h"

namespace assay {
namespace {

std::string docs_url(const EntityDef& def) { return fmt::format("/api/docs/{}", def.name()); }

void call_block(HtmlWriter& h, std::string_view call) {
  h.el("pre", {cls("api-call"), at("tabindex", 0)}, [&] { h.el("code", call); });
}

void heading(HtmlWriter& h, std::string_view id, std::string_view title, const std::function<void()>& body) {
  h.el("section", {cls("card mb-3"), at("id", id), at("aria-label", title)}, [&] {
    h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title")}, title); });
    h.el("div", {cls("card-body")}, body);
  });
}

void two_columns(HtmlWriter& h, std::string_view first, std::string_view second,
                 const std::vector<std::pair<std::string, std::string>>& rows) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-stack")}, [&] {
      h.el("thead", [&] {
        h.el("tr", [&] {
          h.el("th", {at("scope", "col")}, first);
          h.el("th", {at("scope", "col")}, second);
        });
      });
      h.el("tbody", [&] {
        for (const auto& [left, right] : rows) {
          h.el("tr", [&] {
            h.el("td", {at("data-label", first)}, [&] { h.el("code", {cls("text-break")}, left); });
            h.el("td", {at("data-label", second)}, right);
          });
        }
      });
    });
  });
}

// ---- what holds for every register ----------------------------------------------------------------------------------

void authentication(HtmlWriter& h, const Visit& visit) {
  heading(h, "authentication", "Authentication", [&] {
    h.el("p", [&] {
      h.text("Every call carries a token of ");
      h.el("a", {at("href", "/account")}, "your account");
      h.text(", which acts with your rights or fewer. In the browser GET works with the session as well.");
    });
    std::string base =
        visit.site.options.public_url.empty() ? std::string("http://127.0.0.1:8080") : visit.site.options.public_url;
    call_block(h,
               fmt::format("T=assay_…                       # the token, shown once when it is made\nB={}/api/v1\n\n{}",
                           base, curl_example(general_api_operations().front())));
    two_columns(h, "Scope", "What the token may do",
                {{"read", "see what the account sees"},
                 {"write", "do what the account may do, but no administration"},
                 {"collector", "bring evidence, test results and state as a machine; nothing else of the account"},
                 {"admin", "everything the account may do"}});
  });
}

void paging(HtmlWriter& h) {
  heading(h, "lists", "Lists: filters, order, pages", [&] {
    two_columns(h, "Parameter", "Meaning",
                {{"owner=P-1", "is; several times: any of them"},
                 {"treatment.not=retain", "is not"},
                 {"residual_score.min=12, next_review_on.max=2026-12-31", "at least, at most: numbers and dates"},
                 {"title.contains=phish", "contains"},
                 {"owner.empty=true", "unset; false: set"},
                 {"custom.cost_centre=A1", "a custom field, with the same endings"},
                 {"q=words", "words anywhere in the record"},
                 {"sort=-residual_score", "a list column, - for descending"},
                 {"limit=50", "1 to 500"},
                 {"after=…", "the \"next\" of the page before; null on the last page"}});
    h.el("p", {cls("mb-0")},
         "Pages go by key: a page far back costs what the first one does, and records that come meanwhile shift "
         "nothing. With more_than_total there are more records than were counted.");
  });
}

void writing(HtmlWriter& h) {
  heading(h, "writing", "Writing and If-Match", [&] {
    h.el("p",
         "Reading a record gives its revision as ETag. A change sends it back in If-Match and is refused with 409, "
         "both values told, when somebody changed the record meanwhile. If-Match: * takes the record as it is.");
    h.el("p",
         "A PATCH changes the fields it names; null unsets one. Custom fields stand under \"custom\" in the same way. "
         "X-Reason goes into the history. The state of a record changes by steps alone, and fields that are worked out "
         "take no values.");
    h.el("p", {cls("mb-0")}, "There is no DELETE: records are closed or withdrawn by their steps.");
  });
}

void errors(HtmlWriter& h) {
  heading(h, "errors", "Errors", [&] {
    h.el("p",
         "application/problem+json (RFC 9457). Each problem names the place, the value and what was expected; rule is "
         "the conformity rule behind a refused step, who_may the roles that could take it.");
    call_block(
        h,
        "{\"type\": \"about:blank\", \"title\": \"invalid\", \"status\": 422, \"detail\": \"The input was refused.\",\n"
        " \"problems\": [{\"place\": \"owner\", \"message\": \"refers to a person that does not exist\", \"value\": "
        "\"P-99\"}]}");
    std::vector<std::pair<std::string, std::string>> rows;
    for (const ApiStatus& status : api_failures())
      rows.emplace_back(fmt::format("{}", status.code), std::string(status.meaning));
    two_columns(h, "Status", "Meaning", rows);
  });
}

void operation_block(HtmlWriter& h, const ApiOperation& operation, bool with_parameters) {
  h.el("div", {cls("api-operation"), at("id", operation.id)}, [&] {
    h.el("h3", {cls("h4 mb-1")}, operation.summary);
    h.el("p", {cls("mb-2 api-path")}, [&] {
      h.el("span", {cls("badge bg-blue-lt me-2")}, operation.method);
      h.el("code", operation.path);
    });
    if (with_parameters && !operation.parameters.empty()) {
      std::vector<std::pair<std::string, std::string>> rows;
      for (const ApiParameter& parameter : operation.parameters) {
        constexpr std::string_view places[] = {"in the path", "in the query", "header"};
        rows.emplace_back(parameter.name, fmt::format("{} ({}{})", parameter.description,
                                                      places[static_cast<std::size_t>(parameter.place)],
                                                      parameter.required ? ", required" : ""));
      }
      two_columns(h, "Parameter", "Meaning", rows);
    }
    call_block(h, curl_example(operation));
    h.el("p", {cls("text-secondary small mt-2 mb-0")},
         fmt::format("Answers {}{}.", operation.status, operation.gives_etag ? " with the record and its ETag" : ""));
  });
}

bool fits(const EntityDef& def, const std::vector<std::string>& words) {
  std::string text = lower(fmt::format("{} {} {} {}", def.name(), def.text.label, def.text.plural, def.text.help));
  for (const FieldDef& field : def.fields) text += " " + std::string(field.name);
  return std::ranges::all_of(words, [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

void register_list(HtmlWriter& h, const Visit& visit, std::string_view typed) {
  std::vector<std::string> words;
  for (std::string_view word : split(typed, ' ')) {
    if (!word.empty()) words.push_back(lower(word));
  }
  std::vector<const EntityDef*> shown;
  for (const EntityDef* def : visit.registry().all()) {
    if (fits(*def, words)) shown.push_back(def);
  }
  h.el("form", {cls("d-flex gap-2 mb-3"), at("method", "get"), at("action", "/api/docs"), at("role", "search")}, [&] {
    h.leaf("input",
           {at("type", "search"), cls("form-control"), at("name", "q"), at("value", typed),
            at("placeholder", "A register or a field, such as residual_score"), at("aria-label", "Search the API"),
            at("data-shortcut", "/"), at("data-shortcut-label", "Search the API")});
    h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Search");
  });
  h.el("p", {cls("text-secondary"), at("role", "status")},
       fmt::format("{} of {} registers", shown.size(), visit.registry().all().size()));
  if (shown.empty())
    return empty_state(h, "search", "No register fits",
                       "Registers are found by their names and by the names of their fields.", {});
  h.el("div", {cls("card mb-3")}, [&] {
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Register", "Path", "You may"}) h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (const EntityDef* def : shown) {
            h.el("tr", [&] {
              h.el("td", {at("data-label", "Register")},
                   [&] { h.el("a", {at("href", docs_url(*def))}, def->text.plural); });
              h.el("td", {at("data-label", "Path")},
                   [&] { h.el("code", {cls("text-break")}, fmt::format("/api/v1/{}", def->name())); });
              std::vector<std::string> rights;
              for (auto [action, word] : {std::pair(Action::see, "read"), std::pair(Action::create, "create"),
                                          std::pair(Action::change, "change")}) {
                if (visit.may(action, *def)) rights.emplace_back(word);
              }
              h.el("td", {at("data-label", "You may")}, rights.empty() ? "nothing here" : join(rights, ", "));
            });
          }
        });
      });
    });
  });
}

Response show_overview(Visit& visit) {
  std::string_view typed = trim(visit.request.query_value("q"));
  Frame frame{.title = "API documentation", .active = "api", .narrow = true, .own_search = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (typed.empty()) {
      h.el("p", [&] {
        h.text("JSON over HTTP under /api/v1, the same for every register. Machines read ");
        h.el("a", {at("href", "/api/v1/openapi.json")}, "the OpenAPI 3.1 document");
        h.text(fmt::format(
            ", which says the same as these pages{}.",
            visit.custom_fields().empty() ? "" : "; asked with a token or from here it knows your custom fields"));
      });
      authentication(h, visit);
      paging(h);
      writing(h);
      errors(h);
      heading(h, "general", "About the whole", [&] {
        for (const ApiOperation& operation : general_api_operations()) operation_block(h, operation, true);
      });
    }
    h.el("h2", {cls("h3"), at("id", "registers")}, "Registers");
    register_list(h, visit, typed);
  });
}

// ---- a register -----------------------------------------------------------------------------------------------------

std::string_view field_kind_note(const EntityDef& def, const FieldDef& field) {
  if (def.lifecycle && def.lifecycle->field == field.name) return "changed by steps";
  if (field.text.derived) return "worked out";
  if (field.retired) return "retired";
  return field.required && !field.is_list() ? "required" : "";
}

void fields_table(HtmlWriter& h, const Visit& visit, const EntityDef& def) {
  std::vector<const FieldDef*> fields = fields_of(def, visit.custom_fields());
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-stack")}, [&] {
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (std::string_view label : {"Field", "Type", "Filters", "Meaning"})
            h.el("th", {at("scope", "col")}, label);
        });
      });
      h.el("tbody", [&] {
        for (const FieldDef* field : fields) {
          h.el("tr", [&] {
            h.el("td", {at("data-label", "Field")}, [&] {
              h.el("code", {cls("text-nowrap")}, field->name);
              if (std::string_view note = field_kind_note(def, *field); !note.empty())
                h.el("div", {cls("text-secondary small")}, note);
            });
            h.el("td", {at("data-label", "Type")}, [&] {
              h.text(type_in_words(*field));
              if (!field->refers()) return;
              h.text(" ");
              h.el("a",
                   {cls("api-link"), at("href", docs_url(field->target())),
                    at("aria-label", fmt::format("The register of {}", lower(field->target().text.plural)))},
                   "→");
            });
            std::vector<std::string> suffixes;
            for (std::string_view suffix : filter_suffixes(*field))
              suffixes.emplace_back(suffix.empty() ? "=" : suffix);
            std::string filters = join(suffixes, " ");
            if (def.is_indexed(*field)) filters += " · sort";
            h.el("td", {at("data-label", "Filters"), cls("text-secondary small")}, filters);
            std::string meaning(field->text.label);
            if (!field->text.help.empty()) meaning += ". " + std::string(field->text.help);
            h.el("td", {at("data-label", "Meaning")}, meaning);
          });
        }
      });
    });
  });
}

void steps_table(HtmlWriter& h, const EntityDef& def) {
  heading(h, "steps", "Steps", [&] {
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-stack")}, [&] {
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Step", "From", "To", "Inputs", "Who"})
              h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (const Step& step : def.lifecycle->steps) {
            h.el("tr", [&] {
              h.el("td", {at("data-label", "Step")}, [&] {
                h.el("code", step.name);
                h.el("div", {cls("text-secondary small")}, step.label);
              });
              h.el("td", {at("data-label", "From")},
                   step.from == "*" ? std::string("any") : replace_all(step.from, " ", ", "));
              h.el("td", {at("data-label", "To")}, step.to);
              std::string inputs = replace_all(step.asks, " ", ", ");
              if (step.reason_needed) inputs += inputs.empty() ? "reason" : ", reason";
              h.el("td", {at("data-label", "Inputs")}, inputs);
              h.el("td", {at("data-label", "Who")},
                   step.automatic ? std::string("the product itself") : step.who.words());
            });
          }
        });
      });
    });
  });
}

Response show_register(Visit& visit) {
  const EntityDef* def = visit.registry().find(visit.request.param("register"));
  if (!def) {
    std::string nearest = visit.registry().nearest(visit.request.param("register"));
    return error_page(visit,
                      {ErrorKind::not_found,
                       fmt::format("There is no register \"{}\".{}", shorten(visit.request.param("register"), 60),
                                   nearest.empty() ? "" : fmt::format(" Did you mean \"{}\"?", nearest)),
                       {},
                       {},
                       {}});
  }
  Frame frame{.title = std::string(def->text.plural),
              .active = "api",
              .crumbs = {{"API documentation", "/api/docs"}},
              .narrow = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("p", {cls("mb-2")}, [&] { h.el("code", fmt::format("/api/v1/{}", def->name())); });
    h.el("p", {cls("text-secondary")}, def->text.help);
    heading(h, "fields", "Fields", [&] {
      h.el("p", {cls("text-secondary")},
           "Every record also has id, revision, custom and the stamps created_at, created_by, updated_at and "
           "updated_by. A custom field is sent and read inside \"custom\"; \"custom.\" stands before its name in "
           "filters alone.");
      fields_table(h, visit, *def);
    });
    heading(h, "operations", "Operations", [&] {
      for (const ApiOperation& operation : api_operations(*def, visit.custom_fields())) {
        if (operation.about_steps && !def->lifecycle) continue;
        // The filters of the list stand with the fields.
        operation_block(h, operation, operation.id != fmt::format("list_{}", def->name()));
      }
    });
    if (def->lifecycle) steps_table(h, *def);
    h.el("p", [&] {
      h.text("Tokens, paging, If-Match and errors are the same everywhere: ");
      h.el("a", {at("href", "/api/docs")}, "API documentation");
      h.text(".");
    });
  });
}

}  // namespace

std::vector<PageRoute> api_pages() {
  return {{"GET", "/api/docs", show_overview}, {"GET", "/api/docs/{register}", show_register}};
}

}  // namespace assay
