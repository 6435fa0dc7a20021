// Home, findings, rules, guidance, ledger: the list of their addresses.
#include "web/journey_view.h"

namespace assay {
namespace {

// Refusals name a rule by this address.
Response to_rule(Visit& visit) { return Response::redirect(rule_url(visit.request.param("id"))); }

}  // namespace

std::vector<PageRoute> journey_pages() {
  return {
      kept({"GET", "/", home_page}),
      kept({"GET", "/findings", findings_page}),
      kept({"GET", "/findings/rule/{id}", rule_page}),
      kept({"GET", "/rules", rules_page}),
      {"GET", "/rules/{id}", to_rule},
      kept({"GET", "/library", library_page}),
      kept({"GET", "/library/clause/{ref}", clause_page}),
      kept({"GET", "/library/control/{ref}", control_page}),
      kept({"GET", "/library/threats", threats_page}),
      kept({"GET", "/library/weaknesses", weaknesses_page}),
      kept({"GET", "/library/templates", templates_page}),
      {"GET", "/library/templates/{name}", template_page},
      {"GET", "/ledger", ledger_page},
      {"GET", "/ledger/checkpoint.txt", checkpoint_file},
      {"GET", "/ledger/verifier-key.txt", verifier_key_file},
      {"POST", "/ledger/verify", verify_page},
      {"GET", "/ledger/{seq}", ledger_entry_page},
  };
}

}  // namespace assay
