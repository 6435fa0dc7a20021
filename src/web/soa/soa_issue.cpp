// Approval with a signature, the issue, and what changed since the last one.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/paper/signature.h"
#include "web/soa/soa_view.h"

namespace assay {
namespace {

void write_approval(HtmlWriter& h, Visit& visit, const SoaBench& bench, const std::optional<IssuedSoa>& before,
                    const Error* error) {
  const SoaSnapshot now = snapshot_of(bench);
  h.el("form", {cls("card mb-3"), at("method", "post"), at("action", "/soa/approve"), flag("novalidate")}, [&] {
    hidden_csrf(h, visit);
    h.leaf("input", {at("type", "hidden"), at("name", "soa"), at("value", bench.record.id)});
    h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", bench.record.version)});
    h.el("div", {cls("card-body")}, [&] {
      h.el("p", fmt::format("Version {}: {} lines, {} applicable and {} excluded. With your signature it is approved "
                            "and issued for good; from then on the document never changes, and its hash "
                            "stands in the ledger.",
                            now.version, now.lines.size(), now.count("applicable"), now.count("excluded")));
      h.el("p", {cls("mb-0")}, [&] {
        h.el("a", {at("href", soa_url(now.version, "/document"))}, "Read it as a document");
        h.text(" · ");
        h.el("a", {at("href", soa_url(now.version))}, "Look at the lines");
      });
      FormState state{error ? &error->problems : nullptr};
      signature_inputs(h, visit, state);
    });
    h.el("div", {cls("card-footer form-foot")}, [&] {
      h.el("a", {cls("btn"), at("href", soa_url(now.version))}, "Cancel");
      h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
        h.add(icon("signature"));
        h.text("Approve and issue");
      });
    });
  });
  if (!before) return;
  const auto changes = soa_difference(before->snapshot, now);
  section(h, "changes",
          fmt::format("Since version {}: {}", before->snapshot.version,
                      changes.empty() ? "no line differs"
                                      : fmt::format("{} {}", changes.size(),
                                                    changes.size() == 1 ? "line differs" : "lines differ")),
          {}, [&] {
            if (!changes.empty()) h.el("div", {cls("table-responsive")}, [&] { soa_difference_table(h, changes); });
          });
}

Response approval_answer(Visit& visit, const SoaBench& bench, const Error* error) {
  Frame frame = soa_frame(fmt::format("Approve version {}", bench.statement.version), &bench);
  if (error) frame.status = status_of(error->kind);
  auto before = last_issued_soa(visit.tenant, visit.principal);
  if (!before) return error_page(visit, before.error());
  auto problems = bench.all_problems();
  // What is wrong with the signature stands at its inputs.
  const bool at_inputs =
      error && !error->problems.empty() &&
      std::ranges::all_of(error->problems, [](const Problem& problem) { return problem.place.starts_with('_'); });
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error && !at_inputs) problem_list(h, *error);
    if (bench.statement.status != VersionStatus::in_review) {
      return h.el("div", {cls("alert alert-warning"), at("role", "status")},
                  fmt::format("Version {} is {}; only a version in review can be approved.", bench.statement.version,
                              lower(bench.record.state_label())));
    }
    if (problems.empty()) return write_approval(h, visit, bench, *before, error);
    h.el("div", {cls("alert alert-warning"), at("role", "status")}, [&] {
      h.el("div", {cls("fw-bold mb-1")},
           "This version cannot be approved yet. Send it back to draft and mend these lines.");
      soa_problem_list(h, problems);
    });
    h.el("a", {cls("btn"), at("href", soa_url(bench.statement.version))}, "Back to the lines");
  });
}

}  // namespace

Response soa_approve_page(Visit& visit) {
  auto soa = soa_visit(visit);
  if (!soa) return error_page(visit, soa.error());
  if (!soa->bench) return Response::redirect("/soa");
  return approval_answer(visit, *soa->bench, nullptr);
}

Response approve_soa_page(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto bench = soa_bench_of(visit, form->value("soa"));
  if (!bench) return error_page(visit, bench.error());
  auto letterhead = letterhead_of(visit);
  if (!letterhead) return error_page(visit, letterhead.error());
  auto signer = signed_by(visit, *form);
  if (!signer) return approval_answer(visit, **bench, &signer.error());
  auto number = approve_soa(visit.tenant, *signer, (*bench)->record.id,
                            version_in(*form, StatementOfApplicability::def()), soa_document(*letterhead));
  if (!number) return approval_answer(visit, **bench, &number.error());
  return done(visit, issue_url(*number),
              fmt::format("Version {} is approved and issued.", (*bench)->statement.version));
}

Response issue_soa_page(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto letterhead = letterhead_of(visit);
  if (!letterhead) return error_page(visit, letterhead.error());
  auto number = issue_soa(visit.tenant, visit.principal, form->value("soa"), soa_document(*letterhead));
  if (number) return done(visit, issue_url(*number), "The version is issued.");
  auto soa = soa_visit(visit);
  return soa ? soa_bench_page(visit, *soa, &number.error()) : error_page(visit, number.error());
}

Response soa_difference_page(Visit& visit) {
  auto soa = soa_visit(visit);
  if (!soa) return error_page(visit, soa.error());
  if (!soa->bench) return Response::redirect("/soa");
  auto issues = visit.tenant.issues.list(visit.principal, soa_issue_kind);
  if (!issues) return error_page(visit, issues.error());
  Frame frame = soa_frame("What changed", soa->bench.get());
  if (issues->empty()) {
    return page(visit, frame, [&](HtmlWriter& h) {
      h.el("div", {cls("card")}, [&] {
        empty_state(
            h, "file-certificate", "Nothing was issued yet",
            "Once a version is approved and issued, this page tells line by line how the present one differs from it.",
            {});
      });
    });
  }
  std::int64_t number = counting_number(visit.request.query_value("against")).value_or(issues->front().number);
  auto kept = visit.tenant.issues.read(visit.principal, number);
  if (!kept) return error_page(visit, kept.error());
  auto before = soa_from_json(kept->content);
  if (!before) return error_page(visit, before.error());
  const SoaSnapshot now = snapshot_of(*soa->bench);
  const auto changes = soa_difference(*before, now);
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("form", {cls("filter-form no-print"), at("method", "get"), at("action", "/soa/difference")}, [&] {
      h.leaf("input", {at("type", "hidden"), at("name", "version"), at("value", now.version)});
      h.el("label", {cls("filter-field")}, [&] {
        h.el("span", {cls("form-label")}, "Compared with");
        h.el("select", {cls("form-select"), at("name", "against"), flag("data-autosubmit")}, [&] {
          for (const IssuedDocument& issue : *issues) {
            h.el("option", {at("value", issue.number), flag("selected", issue.number == number)},
                 fmt::format("Document {}: version {} of {}", issue.number, issue.edition,
                             issue.issued_at.substr(0, 10)));
          }
        });
      });
      h.el("button", {cls("btn"), at("type", "submit")}, "Compare");
    });
    if (changes.empty()) return h.el("p", {at("role", "status")}, "No line differs.");
    h.el("p", {cls("text-secondary"), at("role", "status")},
         fmt::format("{} {}.", changes.size(), changes.size() == 1 ? "line differs" : "lines differ"));
    h.el("div", {cls("card")},
         [&] { h.el("div", {cls("table-responsive")}, [&] { soa_difference_table(h, changes); }); });
  });
}

}  // namespace assay
