// The certificate.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct CertificationBody;
struct Site;

enum class CertificateStatus { active, suspended, withdrawn, expired, reduced };
template <>
inline constexpr auto choices_of<CertificateStatus> = choices<CertificateStatus>({
    choice<CertificateStatus::active>("Active"),
    choice<CertificateStatus::suspended>("Suspended"),
    choice<CertificateStatus::withdrawn>("Withdrawn"),
    choice<CertificateStatus::expired>("Expired"),
    choice<CertificateStatus::reduced>("Reduced scope"),
});

// Uses of the mark: one row of Certificate::mark_uses.
struct MarkUse {
  std::string place;
  Date seen_on;
  bool on_product = false;
  static std::span<const FieldDef> parts();
};

struct Certificate {
  Id id;
  Ref<CertificationBody> cb;
  std::string number;
  std::string edition;
  Date decision_on;
  Date issued_on;
  Date expires_on;
  CertificateStatus status{};
  std::optional<Date> suspended_on;
  std::string scope_text;
  std::vector<Ref<Site>> sites;
  std::int64_t soa_version = 0;
  std::optional<Ref<Certificate>> previous;
  std::vector<MarkUse> mark_uses;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
