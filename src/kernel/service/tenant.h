// A workspace with everything that works on it, and the installation that holds several.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kernel/evidence/blob_store.h"
#include "kernel/identity/accounts.h"
#include "kernel/identity/sessions.h"
#include "kernel/identity/tokens.h"
#include "kernel/rules/forecast.h"
#include "kernel/service/conformity.h"
#include "kernel/service/house_style.h"
#include "kernel/service/issued_documents.h"
#include "kernel/service/own_rules.h"
#include "kernel/service/pdf_desk.h"
#include "kernel/service/register_service.h"
#include "kernel/service/rehearsals.h"

namespace assay {

// What the program brings along for every workspace.
struct Product {
  const Registry& registry;
  const RuleSet& rules;
  const Clock& clock;
  const CommonPasswords& common_passwords;
  RehearsalDocument rehearsal_document = nullptr;  // without it reports have no PDF

  WorkspaceSettings workspace_settings() const { return {registry, clock, rules.parameter_defaults()}; }
};

struct Tenant {
  Tenant(std::unique_ptr<Workspace> opened, const Product& product);

  std::unique_ptr<Workspace> workspace;
  RegisterService registers;
  Accounts accounts;
  Sessions sessions;
  Tokens tokens;
  RuleAuditor auditor;
  FindingHistory findings;
  Forecaster forecaster;
  Conformity conformity;
  OwnRules own_rules;
  Rehearsals rehearsals;
  BlobStore blobs;
  PdfDesk pdfs;
  IssuedDocuments issues;
};

class Installation {
 public:
  // Opens every workspace of the location. Error: not_found when there is none.
  static Result<std::unique_ptr<Installation>> open(const Location& location, const Product& product);

  const Product& product() const { return product_; }
  const Location& location() const { return location_; }
  Tenant* find(std::string_view workspace);  // null when there is no such workspace
  std::vector<std::string> names() const;

 private:
  Installation(Location location, const Product& product) : location_(std::move(location)), product_(product) {}
  Location location_;
  const Product& product_;
  std::map<std::string, std::unique_ptr<Tenant>, std::less<>> tenants_;
};

}  // namespace assay
