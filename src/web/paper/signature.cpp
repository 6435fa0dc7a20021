#include "web/paper/signature.h"

#include <fmt/format.h>

namespace assay {
namespace {

void signature_input(HtmlWriter& h, std::string_view name, std::string_view type, std::string_view label,
                     std::string_view autocomplete, const FormState& state) {
  std::string id = fmt::format("f-{}", name), problem = state.problem_of(name);
  h.el("div", {cls("col-md-6 mb-3")}, [&] {
    h.el("label", {cls("form-label required"), at("for", id)}, label);
    h.leaf("input", {at("type", type), cls("form-control"), cls_if(!problem.empty(), "is-invalid"), at("id", id),
                     at("name", name), at("autocomplete", autocomplete), flag("required"),
                     at_if(!problem.empty(), "aria-invalid", "true"),
                     at_if(!problem.empty(), "aria-describedby", id + "-problem")});
    if (!problem.empty()) h.el("div", {cls("invalid-feedback"), at("id", id + "-problem")}, problem);
  });
}

}  // namespace

void signature_inputs(HtmlWriter& h, Visit& visit, const FormState& state) {
  auto account = visit.tenant.accounts.find(visit.principal.account);
  h.el("fieldset", {cls("signature mt-3")}, [&] {
    h.el("legend", {cls("field-group")}, "Signature");
    h.el("p", {cls("text-secondary")},
         fmt::format("You sign as {}. Your name, the time and a hash of what you sign go into the ledger.",
                     visit.principal.name));
    h.el("div", {cls("row")}, [&] {
      signature_input(h, "_password", "password", "Your password", "current-password", state);
      if (account && account->totp_enabled)
        signature_input(h, "_code", "text", "Code of the authenticator app", "one-time-code", state);
    });
  });
}

Result<Principal> signed_by(Visit& visit, const Form& form) {
  return visit.tenant.sessions.sign(visit.principal, form.value("_password"), form.value("_code"), visit.request.remote,
                                    visit.site.installation.product().clock.now());
}

}  // namespace assay
