// The look of the organisation's documents: logo, dates, mark.
#include <fmt/format.h>

#include <fstream>

#include "base/hash.h"
#include "base/text.h"
#include "kernel/exchange/sniff.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/paper/paper.h"
#include "web/record_parts.h"

namespace assay {
namespace {

void write_input(HtmlWriter& h, const FormState& state, std::string_view name, std::string_view label,
                 std::string_view hint, const std::function<void(std::string_view id, bool invalid)>& input) {
  std::string id = fmt::format("f-{}", name), problem = state.problem_of(name);
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), at("for", id)}, label);
    input(id, !problem.empty());
    if (!hint.empty()) h.el("div", {cls("form-hint")}, hint);
    if (!problem.empty()) h.el("div", {cls("invalid-feedback d-block"), at("id", id + "-problem")}, problem);
  });
}

Response style_page(Visit& visit, const HouseStyle& style, const Error* error) {
  FormState state{error ? &error->problems : nullptr};
  Frame frame{.title = "Look of documents",
              .active = "issued",
              .crumbs = {{"Issued documents", "/issued"}},
              .narrow = true,
              .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    h.el("form",
         {cls("card"), at("method", "post"), at("action", "/settings/documents"), at("enctype", "multipart/form-data")},
         [&] {
           hidden_csrf(h, visit);
           h.el("div", {cls("card-body")}, [&] {
             write_input(h, state, "logo", "Logo",
                         fmt::format("PNG or JPEG, at most {} KB. It stands on the first page of every document.",
                                     largest_logo / 1024),
                         [&](std::string_view id, bool invalid) {
                           if (!style.logo.empty()) {
                             h.leaf("img",
                                    {cls("d-block mb-2 house-logo"), at("alt", "Present logo"),
                                     at("src", fmt::format("data:{};base64,{}", style.logo_type, base64(style.logo)))});
                           }
                           h.leaf("input", {at("type", "file"), cls("form-control"), cls_if(invalid, "is-invalid"),
                                            at("id", id), at("name", "logo"), at("accept", "image/png,image/jpeg")});
                           if (!style.logo.empty()) {
                             h.el("label", {cls("form-check mt-2")}, [&] {
                               h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "no_logo"),
                                                at("value", "1")});
                               h.el("span", {cls("form-check-label")}, "Take the logo away");
                             });
                           }
                         });
             write_input(h, state, "dates", "Dates", "How days are written in documents.",
                         [&](std::string_view id, bool invalid) {
                           h.el("select",
                                {cls("form-select"), cls_if(invalid, "is-invalid"), at("id", id), at("name", "dates")},
                                [&] {
                                  for (const DateStyle& item : date_styles)
                                    h.el("option", {at("value", item.name), flag("selected", item.name == style.dates)},
                                         item.label);
                                });
                         });
             write_input(h, state, "classification", "Mark of confidentiality",
                         "On every page of documents that carry none of their own.",
                         [&](std::string_view id, bool invalid) {
                           h.leaf("input", {at("type", "text"), cls("form-control"), cls_if(invalid, "is-invalid"),
                                            at("id", id), at("name", "classification"),
                                            at("value", style.classification), at("maxlength", 60)});
                         });
           });
           h.el("div", {cls("card-footer form-foot")}, [&] {
             h.el("a", {cls("btn"), at("href", "/issued")}, "Cancel");
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Save");
           });
         });
  });
}

Response show_style(Visit& visit) {
  if (Decision decision = may_set_house_style(visit.principal); !decision) return error_page(visit, decision.refusal());
  auto style = read_house_style(*visit.tenant.workspace);
  return style ? style_page(visit, *style, nullptr) : error_page(visit, style.error());
}

// At most one byte more than a logo may have: longer ones are refused by their size.
std::string bytes_of(const UploadedFile& file) {
  std::ifstream in(file.path, std::ios::binary);
  std::string out(largest_logo + 1, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

Response save_style(Visit& visit) {
  auto style = read_house_style(*visit.tenant.workspace);
  if (!style) return error_page(visit, style.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  if (!form->value("no_logo").empty()) style->logo_type = style->logo = std::string();
  for (const UploadedFile& file : visit.request.files) {
    if (file.field != "logo" || file.size == 0) continue;
    style->logo = bytes_of(file);
    style->logo_type = std::string(sniff_media_type(style->logo, file.name));
  }
  style->dates = form->value("dates");
  style->classification = trim(form->value("classification"));
  auto saved = set_house_style(*visit.tenant.workspace, visit.principal, *style);
  if (!saved) return style_page(visit, *style, &saved.error());
  return done(visit, "/settings/documents", "The look of documents was saved.");
}

}  // namespace

std::vector<PageRoute> house_style_pages() {
  return {{"GET", "/settings/documents", show_style}, {"POST", "/settings/documents", save_style, {.uploads = true}}};
}

}  // namespace assay
