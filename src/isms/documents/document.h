// A controlled document (7.5), whatever its versions.
#pragma once

#include "isms/choices.h"

namespace assay {

struct Person;

enum class DocumentKind {
  policy,
  topic_policy,
  procedure,
  plan,
  standard,
  methodology,
  scope,
  soa,
  rtp,
  charter,
  register_,
  report,
  diagram,
  external
};
template <>
inline constexpr auto choices_of<DocumentKind> = choices<DocumentKind>({
    choice<DocumentKind::policy>("Policy"),
    choice<DocumentKind::topic_policy>("Topic policy"),
    choice<DocumentKind::procedure>("Procedure"),
    choice<DocumentKind::plan>("Plan"),
    choice<DocumentKind::standard>("Standard"),
    choice<DocumentKind::methodology>("Method"),
    choice<DocumentKind::scope>("Scope statement"),
    choice<DocumentKind::soa>("Statement of Applicability"),
    choice<DocumentKind::rtp>("Risk treatment plan"),
    choice<DocumentKind::charter>("Charter"),
    choice<DocumentKind::register_>("Register"),
    choice<DocumentKind::report>("Report"),
    choice<DocumentKind::diagram>("Diagram"),
    choice<DocumentKind::external>("External document"),
});

enum class DocumentTopic {
  information_security,
  acceptable_use,
  access_control,
  supplier_security,
  incident_management,
  business_continuity,
  disaster_recovery,
  cryptography,
  backup,
  asset_management,
  classification,
  clear_desk,
  remote_working,
  secure_development,
  vulnerability_management,
  logging,
  network_security,
  physical_security,
  hr_security,
  disciplinary,
  data_protection,
  cloud,
  media_handling,
  change_management,
  internal_audit,
  corrective_action,
  risk_management,
  document_control,
  ai_use,
  other
};
template <>
inline constexpr auto choices_of<DocumentTopic> = choices<DocumentTopic>({
    choice<DocumentTopic::information_security>("Information security"),
    choice<DocumentTopic::acceptable_use>("Acceptable use"),
    choice<DocumentTopic::access_control>("Access control"),
    choice<DocumentTopic::supplier_security>("Supplier security"),
    choice<DocumentTopic::incident_management>("Incident management"),
    choice<DocumentTopic::business_continuity>("Business continuity"),
    choice<DocumentTopic::disaster_recovery>("Disaster recovery"),
    choice<DocumentTopic::cryptography>("Cryptography"),
    choice<DocumentTopic::backup>("Backup"),
    choice<DocumentTopic::asset_management>("Asset management"),
    choice<DocumentTopic::classification>("Classification"),
    choice<DocumentTopic::clear_desk>("Clear desk"),
    choice<DocumentTopic::remote_working>("Remote working"),
    choice<DocumentTopic::secure_development>("Secure development"),
    choice<DocumentTopic::vulnerability_management>("Vulnerability management"),
    choice<DocumentTopic::logging>("Logging"),
    choice<DocumentTopic::network_security>("Network security"),
    choice<DocumentTopic::physical_security>("Physical security"),
    choice<DocumentTopic::hr_security>("Personnel security"),
    choice<DocumentTopic::disciplinary>("Disciplinary process"),
    choice<DocumentTopic::data_protection>("Data protection"),
    choice<DocumentTopic::cloud>("Cloud services"),
    choice<DocumentTopic::media_handling>("Media handling"),
    choice<DocumentTopic::change_management>("Change management"),
    choice<DocumentTopic::internal_audit>("Internal audit"),
    choice<DocumentTopic::corrective_action>("Corrective action"),
    choice<DocumentTopic::risk_management>("Risk management"),
    choice<DocumentTopic::document_control>("Document control"),
    choice<DocumentTopic::ai_use>("Use of AI"),
    choice<DocumentTopic::other>("Other"),
});

enum class DocumentAudience { all_staff, role_based, top_management, external };
template <>
inline constexpr auto choices_of<DocumentAudience> = choices<DocumentAudience>({
    choice<DocumentAudience::all_staff>("All staff"),
    choice<DocumentAudience::role_based>("Certain roles"),
    choice<DocumentAudience::top_management>("Top management"),
    choice<DocumentAudience::external>("External readers"),
});

struct Document {
  Id id;
  std::string code;
  std::string title;
  DocumentKind kind{};
  std::optional<DocumentTopic> topic;
  std::optional<std::string> mandatory_ref;
  Ref<Person> owner;
  Classification classification{};
  std::vector<std::string> access_groups;
  DocumentAudience audience{};
  std::optional<std::int64_t> retention_days;
  bool external_origin = false;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
