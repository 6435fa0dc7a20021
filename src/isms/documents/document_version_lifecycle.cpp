// The life of a document version (7.5.2, 7.5.3): written, reviewed, approved by somebody else, in force, withdrawn.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "isms/documents/acknowledgement.h"
#include "isms/documents/document.h"
#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

std::optional<Document> version_document(const StepContext& context) {
  return context.lookup.find<Document>(context.after.text("document"));
}

// Documents by which top management directs the ISMS: nobody below may approve them.
bool version_needs_top_management(DocumentKind kind) {
  return kind == DocumentKind::policy || kind == DocumentKind::scope || kind == DocumentKind::methodology ||
         kind == DocumentKind::soa;
}

bool version_actor_owns_it(const StepContext& context, const Document& document) {
  return !context.actor.person.empty() && document.owner.id == context.actor.person;
}

// ---- Guards --------------------------------------------------------------------------------------------------------

bool version_document_is_complete(const StepContext& context) {
  const auto document = version_document(context);
  return document && !is_blank(document->code) && !document->owner.empty() && document->retention_days;
}

bool version_approver_has_authority(const StepContext& context) {
  const auto document = version_document(context);
  if (!document) return false;
  if (checks::actor_is_top_management(context)) return true;
  if (version_needs_top_management(document->kind)) return false;
  return context.actor.roles.has(Role::isms_owner) || version_actor_owns_it(context, *document);
}

bool version_policy_says_what_it_must(const StepContext& context) {
  const auto document = version_document(context);
  const bool is_the_policy =
      document && document->kind == DocumentKind::policy && document->topic == DocumentTopic::information_security;
  return !is_the_policy || (truth_of(context.after.at("has_objectives_or_framework")) &&
                            truth_of(context.after.at("commits_to_requirements")) &&
                            truth_of(context.after.at("commits_to_improvement")));
}

bool version_actor_keeps_the_document(const StepContext& context) {
  const auto document = version_document(context);
  return context.actor.roles.has(Role::isms_owner) || (document && version_actor_owns_it(context, *document));
}

bool version_next_review_is_ahead(const StepContext& context) {
  const auto next = checks::day_of(context.after, "next_review_on");
  return next && *next > context.today;
}

bool version_later_one_is_in_force(const StepContext& context) {
  const auto own = checks::day_of(context.after, "effective_on");
  return std::ranges::any_of(checks::others_in_force(context.lookup, context.after, "document"),
                             [&](const Record& other) {
                               const auto from = checks::day_of(other, "effective_on");
                               return from && (!own || *from > *own) && *from <= context.today;
                             });
}

bool version_may_be_destroyed(const StepContext& context) {
  const auto document = version_document(context);
  const auto destroyed = checks::day_of(context.after, "destroyed_on");
  const auto effective = checks::day_of(context.after, "effective_on");
  if (!destroyed || *destroyed > context.today || !document || !document->retention_days) return false;
  return !effective || *destroyed >= effective->plus_days(*document->retention_days);
}

// ---- Effects -------------------------------------------------------------------------------------------------------

std::string_view version_major_number(std::string_view version) { return version.substr(0, version.find('.')); }

bool version_must_be_read_by(const Person& person, DocumentAudience audience, Date today) {
  const bool working = person.start_date <= today && (!checks::given(person.end_date) || *person.end_date >= today);
  if (!working) return false;
  if (audience == DocumentAudience::all_staff) return person.in_scope;
  return audience == DocumentAudience::top_management && person.is_top_management;
}

// Readers of a document for everybody are asked to confirm it. Those of a role-based one are named by hand.
Result<void> version_request_acknowledgements(StepEffects& effects, const Document& document) {
  std::set<Id> asked;
  for (const Acknowledgement& known :
       effects.lookup().where<Acknowledgement>("document_version", effects.record().id)) {
    asked.insert(known.person.id);
  }
  for (const std::string_view status : {"active", "leave"}) {
    for (const Person& person : effects.lookup().where<Person>("status", status)) {
      if (asked.contains(person.id) || !version_must_be_read_by(person, document.audience, effects.today())) continue;
      Record request(Acknowledgement::def());
      request.at("document_version") = effects.record().id;
      request.at("person") = person.id;
      request.at("requested_on") = effects.today().iso();
      const auto made = effects.create(std::move(request), "The document came into force.");
      if (!made) return std::unexpected(made.error());
    }
  }
  return {};
}

Result<void> version_replaces_the_former(StepEffects& effects) {
  const Record& version = effects.record();
  const std::string reason = "Superseded by version " + std::string(version.text("version")) + ".";
  bool already_read = false;
  for (Record& former : checks::others_in_force(effects.lookup(), version, "document")) {
    // A correction of the same major version binds nobody to anything new.
    already_read |= version_major_number(former.text("version")) == version_major_number(version.text("version"));
    former.at("status") = std::string("superseded");
    former.at("published_at") = Value();
    CHECK(effects.change(std::move(former), reason));
  }
  const auto document = effects.lookup().find<Document>(version.text("document"));
  if (!document) return {};
  // The information security policy is the exception: its own rule looks at the version in force alone.
  if (already_read && document->kind != DocumentKind::policy) return {};
  return version_request_acknowledgements(effects, *document);
}

// ---- Steps ---------------------------------------------------------------------------------------------------------

constexpr Who version_authors{.roles = {Role::isms_owner, Role::consultant}, .holder = "author"};
constexpr Who version_keepers{.roles = {Role::isms_owner, Role::top_management, Role::risk_owner, Role::control_owner}};

constexpr Guard version_keeper_guard = {.reason = "Only the owner of the document or the ISMS owner takes this step.",
                                        .rule = "C7.5.3-01",
                                        .holds = version_actor_keeps_the_document};

constexpr Guard version_submit_guards[] = {
    {.reason = "The document needs a code, an owner and a retention time.",
     .rule = "C7.5.2-01",
     .holds = version_document_is_complete},
    {.reason = "There is no content yet: write or upload the text first.",
     .rule = "C7.5.2-01",
     .filled = "content_hash"},
};

constexpr Guard version_review_guards[] = {
    {.reason = "The author cannot review the author's own text.", .rule = "C7.5.2-01", .four_eyes = "author"},
    {.reason = "A review needs a person's name: this account is linked to nobody.",
     .rule = "C7.5.2-01",
     .filled = "reviewed_by"},
};

constexpr Guard version_approve_guards[] = {
    {.reason = "An approval needs a person's name: this account is linked to nobody.",
     .rule = "C7.5.2-01",
     .filled = "approved_by"},
    {.reason = "Nobody has reviewed this version yet.", .rule = "C7.5.2-01", .filled = "reviewed_by"},
    {.reason = "The author cannot approve the author's own text.", .rule = "C7.5.2-01", .four_eyes = "author"},
    {.reason = "A policy, scope, risk method or Statement of Applicability is approved by top management; any other "
               "document by its owner, the ISMS owner or top management.",
     .rule = "C5.2-03",
     .holds = version_approver_has_authority},
    {.reason = "The information security policy must give objectives or a frame for them and commit to requirements "
               "and to improvement: tick what it contains.",
     .rule = "C5.2-02",
     .holds = version_policy_says_what_it_must},
};

constexpr Guard version_in_force_guards[] = {
    version_keeper_guard,
    {.reason = "A version cannot be in force before it was approved.",
     .rule = "C7.5.2-01",
     .holds = checks::in_force_after_approval},
    {.reason = "Take this step on the day the version comes into force.",
     .rule = "C7.5.3-01",
     .holds = checks::in_force_by_today},
    {.reason = "Say where people find it.", .rule = "C5.2-04", .filled = "published_at"},
};

constexpr Guard version_confirm_guards[] = {
    version_keeper_guard,
    {.reason = "Give the day of the next review; it must lie ahead.",
     .rule = "C7.5.2-02",
     .holds = version_next_review_is_ahead},
};

constexpr Guard version_keep_guards[] = {version_keeper_guard};

constexpr Guard version_superseded_guards[] = {
    {.reason = "No later version is in force.", .rule = "C7.5.3-01", .holds = version_later_one_is_in_force},
};

constexpr Guard version_destroy_guards[] = {
    version_keeper_guard,
    {.reason = "The retention time of the document has not passed, or is not set.",
     .rule = "C7.5.3-03",
     .holds = version_may_be_destroyed},
};

constexpr Step version_steps[] = {
    {.name = "submit",
     .from = "draft",
     .to = "in_review",
     .label = "Submit for review",
     .who = version_authors,
     .guards = version_submit_guards},
    {.name = "review",
     .from = "in_review",
     .to = "in_review",
     .label = "Record my review",
     .help = "The content is right and fit for its readers.",
     .who = {.roles = {Role::isms_owner, Role::top_management, Role::risk_owner, Role::control_owner,
                       Role::consultant}},
     .guards = version_review_guards,
     .sets = "reviewed_by=actor last_reviewed_on=today"},
    {.name = "rework",
     .from = "in_review approved",
     .to = "draft",
     .label = "Send back to the author",
     .who = {.roles = {Role::isms_owner, Role::top_management, Role::risk_owner, Role::control_owner},
             .holder = "author"},
     .sets = "reviewed_by=null approved_by=null approved_on=null",
     .reason_needed = true},
    {.name = "approve",
     .from = "in_review",
     .to = "approved",
     .label = "Approve",
     .who = version_keepers,
     .guards = version_approve_guards,
     .asks = "has_objectives_or_framework commits_to_requirements commits_to_improvement next_review_on",
     .sets = "approved_on=today approved_by=actor"},
    {.name = "put_into_force",
     .from = "approved",
     .to = "effective",
     .label = "Put into force",
     .help = "The former version is withdrawn in the same step and readers are asked to confirm the new one.",
     .who = version_keepers,
     .guards = version_in_force_guards,
     .asks = "effective_on next_review_on published_at",
     .sets = "effective_on=today",
     .effect = version_replaces_the_former},
    {.name = "confirm",
     .from = "effective",
     .to = "effective",
     .label = "Confirm unchanged",
     .help = "The version was reviewed and stays in force; say what was looked at.",
     .who = version_keepers,
     .guards = version_confirm_guards,
     .asks = "next_review_on",
     .sets = "last_reviewed_on=today",
     .reason_needed = true},
    {.name = "supersede",
     .from = "effective",
     .to = "superseded",
     .label = "Supersede",
     .help = "Taken by the product when a later version is in force.",
     .guards = version_superseded_guards,
     .sets = "published_at=null",
     .automatic = true},
    {.name = "retire",
     .from = "draft in_review approved effective superseded",
     .to = "retired",
     .label = "Retire",
     .help = "Out of use without a successor; kept until the retention time has passed.",
     .who = version_keepers,
     .guards = version_keep_guards,
     .sets = "published_at=null",
     .reason_needed = true},
    {.name = "destroy",
     .from = "retired",
     .to = "retired",
     .label = "Record the destruction",
     .help = "The content was destroyed; the record of the version stays.",
     .who = version_keepers,
     .guards = version_destroy_guards,
     .asks = "destroyed_on",
     .sets = "destroyed_on=today",
     .reason_needed = true},
};

}  // namespace

constinit const Lifecycle document_version_lifecycle{.field = "status", .steps = version_steps};

}  // namespace assay
