#include "workflows/risk/method_document.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/documents/document.h"
#include "isms/documents/document_version.h"
#include "isms/risk/method_levels.h"
#include "kernel/service/document_texts.h"
#include "workflows/records.h"

namespace assay {
namespace {

// A cell of a table: what would end it is escaped.
std::string cell(std::string_view text) {
  return replace_all(replace_all(replace_all(text, "\r", ""), "|", "\\|"), "\n", "<br>");
}
std::string prose_of_lines(std::string_view text) { return replace_all(cell(text), "<br>", " "); }

void write_scale(std::string& out, const RiskMethodology& method, MethodScale scale) {
  const std::string_view name = choices_of<MethodScale>[static_cast<std::size_t>(scale)].label;
  out += fmt::format("\n### {}\n\n| Level | Name | Meaning |\n| --- | --- | --- |\n", name);
  for (std::int64_t level = scale_min(method, scale); level <= scale_max(method, scale); ++level) {
    const MethodLevel* found = level_of(method, scale, level);
    out += fmt::format("| {} | {} | {} |\n", level, found ? cell(found->name) : "–",
                       found ? prose_of_lines(found->meaning) : "not described yet");
  }
}

void write_matrix(std::string& out, const RiskMethodology& method) {
  out += "\n| Likelihood \\ Impact |";
  for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) out += fmt::format(" {} |", i);
  out += "\n| --- |";
  for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) out += " ---: |";
  out += "\n";
  for (std::int64_t l = method.likelihood_max; l >= method.likelihood_min; --l) {
    out += fmt::format("| {} |", l);
    for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) {
      const auto level = method.level(l, i);
      out += level ? fmt::format(" {:g} |", *level) : std::string(" – |");
    }
    out += "\n";
  }
}

std::string_view approach_words(RiskMethodologyApproach approach) {
  switch (approach) {
    case RiskMethodologyApproach::asset_based:
      return "Risks are identified from the assets in the scope: what threatens each of them, and through which "
             "weakness.";
    case RiskMethodologyApproach::event_based:
      return "Risks are identified from events: scenarios that would keep the organisation from its objectives, told "
             "from source to consequence.";
    case RiskMethodologyApproach::hybrid:
      return "Risks are identified from both sides: from events that would keep the organisation from its objectives, "
             "and from the assets in the scope so that none is overlooked.";
  }
  return {};
}

std::string_view formula_words(RiskMethodologyFormula formula) {
  switch (formula) {
    case RiskMethodologyFormula::multiply:
      return "The level of risk is likelihood times impact. It is calculated, never typed.";
    case RiskMethodologyFormula::sum:
      return "The level of risk is likelihood plus impact. It is calculated, never typed.";
    case RiskMethodologyFormula::matrix:
      return "The level of risk is looked up in the matrix below. It is calculated, never typed.";
  }
  return {};
}

void write_evaluation(std::string& out, const RiskMethodology& method) {
  if (!method.bands.empty()) {
    out += "\n| Class of risk | From level |\n| --- | ---: |\n";
    for (const MethodBand& band : method.bands)
      out += fmt::format("| {} | {:g} |\n", choices_of<Severity>[static_cast<std::size_t>(band.name)].label, band.from);
  }
  if (method.acceptance_threshold) {
    out += fmt::format(
        "\nRisks with a level up to **{:g}** are acceptable. A risk above it is treated, or its owner accepts it "
        "expressly, with reasons, for a limited time.\n",
        *method.acceptance_threshold);
  } else {
    out += "\nThe acceptance threshold is not set yet.\n";
  }
}

// The author of what the method's keeper writes.
Result<Id> author_of(const Principal& principal) {
  if (!principal.person.empty()) return principal.person;
  return fail(
      Problems{
          {"author",
           "The document needs an author: your account is not linked to a person yet. An administrator can link it.",
           ""}},
      "The document was not written.");
}

Result<std::vector<Record>> method_documents(const RegisterService& registers, const Principal& principal) {
  return records_of(registers, principal, Document::def(), "kind", "methodology");
}

Patch new_document_values(const Id& owner) {
  return patch_of(Document::def(), {{"code", std::string("RM")},
                                    {"title", std::string("Risk assessment and treatment method")},
                                    {"kind", std::string("methodology")},
                                    {"topic", std::string("risk_management")},
                                    {"mandatory_ref", std::string("6.1.2")},
                                    {"owner", owner},
                                    {"classification", std::string("internal")},
                                    {"audience", std::string("role_based")},
                                    {"retention_days", std::int64_t{1825}},
                                    {"external_origin", false}});
}

// "2.0", or "2.1" where the document has a 2.0 already.
std::string free_version_name(const std::vector<DocumentVersion>& versions, const Id& document, std::int64_t version) {
  for (int minor = 0;; ++minor) {
    std::string name = fmt::format("{}.{}", version, minor);
    if (std::ranges::none_of(versions, [&](const DocumentVersion& other) {
          return other.document.id == document && other.version == name;
        }))
      return name;
  }
}

}  // namespace

std::string method_markdown(const RiskMethodology& method, LevelTable table) {
  std::string out =
      "## Purpose\n\nThis method makes assessments of information security risks consistent, valid and comparable, so "
      "that they can be decided on and repeated "
      "(ISO/IEC 27001:2022, 6.1.2). It binds everybody who assesses or decides on risks in the scope of the ISMS.\n";
  out += fmt::format("\n## Identification\n\n{}\n\nEach risk has one owner, who has the authority to decide on it.\n",
                     approach_words(method.approach));
  out +=
      "\n## Analysis\n\nLikelihood and impact are scored twice: as they would be without controls (inherent), and with "
      "the controls that are shown to work (residual). "
      "Of several kinds of impact the worst counts.\n";
  write_scale(out, method, MethodScale::likelihood);
  write_scale(out, method, MethodScale::impact);
  out += fmt::format("\n### Level of risk\n\n{}\n", formula_words(method.formula));
  if (table == LevelTable::included) write_matrix(out, method);
  out += "\n## Evaluation and acceptance\n";
  write_evaluation(out, method);
  out +=
      fmt::format("\n## When and how risks are assessed\n\n{}\n", method.assessment_criteria.value_or("Not set yet."));
  if (method.reassessment_interval_days)
    out += fmt::format("\nThe whole register is assessed again at least every {} days (8.2).\n",
                       *method.reassessment_interval_days);
  out += fmt::format(
      "\n## Comparability\n\nAt planned intervals at least two assessors score the same scenarios without knowing each "
      "other's scores. Where they differ by more than {} {}, "
      "they discuss the scenario, record what they agree on and why, and sharpen the description of the levels.\n",
      method.tolerance_levels, method.tolerance_levels == 1 ? "level" : "levels");
  out +=
      "\n## Changes\n\nA change of scales, formula or threshold is a new version, approved by top management. "
      "Assessments keep the version they were made under until "
      "they are taken over one by one, with the reason in the history.\n";
  return out;
}

Result<MethodDocument> method_document(const RegisterService& registers, const Principal& principal,
                                       const RiskMethodology& method) {
  MethodDocument out;
  if (!method.document_version || method.document_version->empty()) return out;
  out.version = method.document_version->id;
  auto record = registers.read(principal, DocumentVersion::def(), out.version);
  if (!record) return out;
  out.is_draft = record->state() == "draft";
  TRY(std::string text, document_text(registers, principal, out.version));
  // A text that people wrote themselves is theirs; only a draft is held against the settings.
  out.is_current = !out.is_draft || trim(text) == trim(method_markdown(method));
  return out;
}

Result<Record> write_method_document(const RegisterService& registers, const Principal& principal,
                                     std::string_view id) {
  TRY(Record record, registers.read(principal, RiskMethodology::def(), id));
  const RiskMethodology method = decode<RiskMethodology>(record);
  TRY(MethodDocument document, method_document(registers, principal, method));
  const std::string text = method_markdown(method);
  if (document.is_draft)
    return save_document_text(registers, principal, document.version, 0, text,
                              "Written from the settings of the risk method");
  if (!document.version.empty()) {
    return fail(ErrorKind::conflict, fmt::format("Document version {} is issued and does not change any more. A new "
                                                 "version of the method gets a document of its own.",
                                                 document.version));
  }
  TRY(Id author, author_of(principal));
  TRY(auto documents, method_documents(registers, principal));
  TRY(auto versions, all_of<DocumentVersion>(registers, principal));
  Record made;
  const std::string reason = fmt::format("Written from the settings of risk method {}", id);
  CHECK(registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    Id parent = documents.empty() ? Id() : documents.front().id;
    if (parent.empty()) {
      TRY(Record created, registers.make_in(transaction, ProposedChange{.def = &Document::def(),
                                                                        .id = {},
                                                                        .step = {},
                                                                        .values = new_document_values(author),
                                                                        .reason = reason}));
      parent = created.id;
    }
    Patch values = patch_of(DocumentVersion::def(), {{"document", parent},
                                                     {"version", free_version_name(versions, parent, method.version)},
                                                     {"author", author},
                                                     {"created_on", transaction.today().iso()}});
    TRY(made, create_document_version_in(registers, transaction, std::move(values), text, reason));
    ProposedChange names{.def = &RiskMethodology::def(),
                         .id = Id(id),
                         .step = record.state() == "approved" ? "put_into_force" : "",
                         .values = patch_of(RiskMethodology::def(), {{"document_version", made.id}}),
                         .reason = reason};
    CHECK(registers.make_in(transaction, names));
    return {};
  }));
  return made;
}

}  // namespace assay
