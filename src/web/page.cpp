// Pages, fragments, redirects and errors; the addresses of records and lists.
#include "web/page.h"

#include <fmt/format.h>

#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "kernel/exchange/sniff.h"
#include "web/assets.h"
#include "web/frame.h"

namespace assay {
namespace {

struct Explanation {
  std::string_view title;
  std::string_view icon_name;
};

Explanation explain(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::not_found: return {"Not found", "question-mark"};
    case ErrorKind::forbidden: return {"Not yours to do", "lock"};
    case ErrorKind::invalid: return {"This cannot be done as asked", "alert-circle"};
    case ErrorKind::conflict: return {"Somebody was faster", "git-branch"};
    case ErrorKind::unauthenticated: return {"Please sign in", "key"};
    case ErrorKind::limit: return {"Too much at once", "clock-exclamation"};
    case ErrorKind::internal: return {"Internal error", "bug"};
  }
  return {"Internal error", "bug"};
}

// Where to go from a page that is none: the list that the address names, and home.
void ways_on(HtmlWriter& h, const Visit& visit) {
  const EntityDef* def = visit.registry().find(visit.request.param("register"));
  if (def && visit.may(Action::see, *def)) {
    h.el("a", {cls("btn"), at("href", list_url(*def))}, [&] {
      h.add(icon(phase_icon(def->text.phase)));
      h.text(fmt::format("All {}", in_sentence(def->text.plural)));
    });
  }
  h.el("a", {cls("btn"), at("href", "/")}, [&] {
    h.add(icon("home"));
    h.text("Home");
  });
}

}  // namespace

Response page(Visit& visit, const Frame& frame, const std::function<void(HtmlWriter&)>& body) {
  HtmlWriter h(64 * 1024);
  bool inside_only = visit.request.is_htmx() && visit.request.header("HX-Target") == "page";
  if (inside_only) {
    h.el("title", frame.title + " · Assay");
    write_page_inside(h, visit, frame, body);
  } else {
    write_page(h, visit, frame, body);
  }
  Response response = Response::html(h.take().take(), frame.status);
  if (!visit.request.cookie(flash_cookie).empty()) {
    Cookie gone{.name = std::string(flash_cookie), .value = "", .max_age = std::chrono::seconds(0)};
    gone.secure = visit.site.is_https(visit.request);
    response.add_header("Set-Cookie", gone.header());
  }
  return response;
}

Response fragment(const std::function<void(HtmlWriter&)>& body, int status) {
  HtmlWriter h;
  body(h);
  return Response::html(h.take().take(), status);
}

Response error_page(Visit& visit, const Error& error) {
  int status = status_of(error.kind);
  if (error.kind == ErrorKind::internal) {
    // People are told the number of their request alone.
    log(LogLevel::error, "internal error",
        {{"request", std::string_view(visit.request.request_id)}, {"error", std::string_view(error.message)}});
  }
  if (visit.request.is_htmx() && visit.request.header("HX-Target") != "page") {
    // 422 and 409 are swapped in where the form was; everything else becomes a message (app.js).
    if (error.kind != ErrorKind::invalid && error.kind != ErrorKind::conflict) return Response::failure(error);
    return fragment([&](HtmlWriter& h) { problem_list(h, error); }, status);
  }
  Explanation words = explain(error.kind);
  Frame frame{.title = std::string(words.title), .narrow = true, .status = status};
  return page(visit, frame, [&](HtmlWriter& h) {
    write_error(h, error, words.icon_name, visit.request.request_id);
    h.el("div", {cls("btn-list mt-3 no-print")}, [&] { ways_on(h, visit); });
  });
}

Response workbook_answer(Visit& visit, std::string_view file_name,
                         const std::function<Result<void>(XlsxWriter&)>& fill) {
  const std::filesystem::path folder = visit.tenant.workspace->location().temp_folder();
  auto file = std::make_shared<VanishingFile>(folder / ("workbook-" + random_token(12) + ".xlsx"));
  auto written = write_workbook(file->path(), folder, fill);
  return written ? Response::download(std::move(file), file_name, xlsx_media_type) : error_page(visit, written.error());
}

Response done(Visit& visit, std::string url, std::string_view message) {
  Response response = visit.request.is_htmx() ? Response::no_content() : Response::redirect(url);
  if (visit.request.is_htmx()) {
    response.status = 200;
    response.set_header("HX-Redirect", std::move(url));
  }
  set_flash(response, visit.site.is_https(visit.request), message);
  return response;
}

void set_flash(Response& response, bool https, std::string_view message) {
  if (message.empty()) return;
  Cookie cookie{.name = std::string(flash_cookie),
                .value = encode_url(shorten(message, 400)),
                .max_age = std::chrono::seconds(60)};
  cookie.secure = https;
  response.add_header("Set-Cookie", cookie.header());
}

void toast(Response& response, std::string_view message, bool is_error) {
  // Headers carry ASCII: everything else is written as a JSON escape.
  std::string text;
  for (std::size_t i = 0; i < message.size();) {
    auto byte = static_cast<unsigned char>(message[i]);
    if (byte < 0x80) {
      append_json_escaped(text, message.substr(i++, 1));
      continue;
    }
    std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    std::uint32_t code = byte & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < message.size(); ++k)
      code = (code << 6U) | (static_cast<unsigned char>(message[i + k]) & 0x3FU);
    if (code >= 0x10000) {
      code -= 0x10000;
      text += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (code >> 10U), 0xDC00 + (code & 0x3FFU));
    } else {
      text += fmt::format("\\u{:04x}", code);
    }
    i += length;
  }
  response.set_header("HX-Trigger", fmt::format("{{\"toast\": {{\"text\": \"{}\", \"error\": {}}}}}", text, is_error));
}

std::string list_url(const EntityDef& def) { return "/r/" + std::string(def.name()); }
std::string record_url(const EntityDef& def, std::string_view id) { return list_url(def) + "/" + encode_url(id); }
std::string new_url(const EntityDef& def) { return list_url(def) + "/new"; }
std::string encode_url(std::string_view text) { return percent_encode(text); }

void bench_tabs(HtmlWriter& h, std::string_view label, std::span<const BenchTab> tabs, std::string_view current) {
  h.el("nav", {cls("bench-tabs no-print"), at("aria-label", label)}, [&] {
    for (const BenchTab& tab : tabs) {
      h.el("a",
           {cls_if(tab.url == current, "active"), at("href", tab.url),
            at_if(tab.url == current, "aria-current", "page")},
           tab.label);
    }
  });
}

}  // namespace assay
