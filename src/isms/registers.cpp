// Every register of the product, in menu order. A test fails if a register of a chapter is missing here.
#include "isms/registers.h"

#include "isms/audit/audit.h"
#include "isms/audit/audit_programme.h"
#include "isms/audit/audit_sample.h"
#include "isms/audit/auditor.h"
#include "isms/audit/corrective_action.h"
#include "isms/audit/finding.h"
#include "isms/audit/improvement_item.h"
#include "isms/audit/nonconformity.h"
#include "isms/certification/certificate.h"
#include "isms/certification/certification_body.h"
#include "isms/certification/certification_project.h"
#include "isms/certification/certification_quote.h"
#include "isms/certification/site_sampling_plan.h"
#include "isms/controls/control.h"
#include "isms/controls/control_exception.h"
#include "isms/controls/control_test.h"
#include "isms/controls/evidence.h"
#include "isms/documents/acknowledgement.h"
#include "isms/documents/document.h"
#include "isms/documents/document_version.h"
#include "isms/documents/policy_parameter.h"
#include "isms/frameworks/annex_a_control.h"
#include "isms/frameworks/framework_mapping.h"
#include "isms/frameworks/gap_assessment.h"
#include "isms/frameworks/gap_item.h"
#include "isms/loss/loss_estimate.h"
#include "isms/loss/loss_tolerance.h"
#include "isms/measurement/measurement.h"
#include "isms/measurement/metric.h"
#include "isms/operations/access_review.h"
#include "isms/operations/account.h"
#include "isms/operations/asset.h"
#include "isms/operations/backup_plan.h"
#include "isms/operations/change.h"
#include "isms/operations/code_repository.h"
#include "isms/operations/configuration_baseline.h"
#include "isms/operations/continuity_exercise.h"
#include "isms/operations/continuity_plan.h"
#include "isms/operations/data_store.h"
#include "isms/operations/detection_rule.h"
#include "isms/operations/disposal_record.h"
#include "isms/operations/endpoint.h"
#include "isms/operations/incident.h"
#include "isms/operations/log_source.h"
#include "isms/operations/network_diagram.h"
#include "isms/operations/network_segment.h"
#include "isms/operations/physical_inspection.h"
#include "isms/operations/restore_test.h"
#include "isms/operations/secure_area.h"
#include "isms/operations/security_alert.h"
#include "isms/operations/system.h"
#include "isms/operations/tls_endpoint.h"
#include "isms/operations/vulnerability_finding.h"
#include "isms/operations/vulnerability_scan.h"
#include "isms/organisation/committee.h"
#include "isms/organisation/communication_item.h"
#include "isms/organisation/context_issue.h"
#include "isms/organisation/interested_party.h"
#include "isms/organisation/isms_change.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/org_unit.h"
#include "isms/organisation/organisation.h"
#include "isms/organisation/party_requirement.h"
#include "isms/organisation/person.h"
#include "isms/organisation/process.h"
#include "isms/organisation/responsibility.h"
#include "isms/organisation/role_assignment.h"
#include "isms/organisation/scope_item.h"
#include "isms/organisation/scope_statement.h"
#include "isms/organisation/security_objective.h"
#include "isms/organisation/site.h"
#include "isms/people/competence_record.h"
#include "isms/people/employment_agreement.h"
#include "isms/people/offboarding_case.h"
#include "isms/people/screening_record.h"
#include "isms/people/training_assignment.h"
#include "isms/people/training_course.h"
#include "isms/review/management_review.h"
#include "isms/review/review_decision.h"
#include "isms/review/review_input.h"
#include "isms/risk/calibration_exercise.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_acceptance.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/risk_treatment_plan.h"
#include "isms/risk/threat_category.h"
#include "isms/risk/treatment_action.h"
#include "isms/soa/soa_entry.h"
#include "isms/soa/statement_of_applicability.h"
#include "isms/suppliers/supplier.h"
#include "isms/suppliers/supplier_agreement.h"
#include "isms/suppliers/supplier_assessment.h"

namespace assay {

const Registry& registers() {
  static const EntityDef* const all[] = {
      // organisation
      &Organisation::def(),
      &Site::def(),
      &OrgUnit::def(),
      &Process::def(),
      &ContextIssue::def(),
      &InterestedParty::def(),
      &PartyRequirement::def(),
      &Obligation::def(),
      &ScopeStatement::def(),
      &ScopeItem::def(),
      &Person::def(),
      &RoleAssignment::def(),
      &Responsibility::def(),
      &Committee::def(),
      &SecurityObjective::def(),
      &IsmsChange::def(),
      &CommunicationItem::def(),
      // documents
      &Document::def(),
      &DocumentVersion::def(),
      &Acknowledgement::def(),
      &PolicyParameter::def(),
      // risk
      &RiskMethodology::def(),
      &CalibrationExercise::def(),
      &RiskAssessmentRun::def(),
      &ThreatCategory::def(),
      &Risk::def(),
      &RiskTreatmentPlan::def(),
      &TreatmentAction::def(),
      &RiskAcceptance::def(),
      // loss
      &LossEstimate::def(),
      &LossTolerance::def(),
      // soa
      &StatementOfApplicability::def(),
      &SoAEntry::def(),
      // controls
      &Control::def(),
      &ControlTest::def(),
      &Evidence::def(),
      &ControlException::def(),
      // frameworks
      &AnnexAControl::def(),
      &GapAssessment::def(),
      &GapItem::def(),
      &FrameworkMapping::def(),
      // operations
      &Asset::def(),
      &System::def(),
      &Account::def(),
      &AccessReview::def(),
      &DataStore::def(),
      &TlsEndpoint::def(),
      &VulnerabilityScan::def(),
      &VulnerabilityFinding::def(),
      &LogSource::def(),
      &DetectionRule::def(),
      &SecurityAlert::def(),
      &Endpoint::def(),
      &NetworkDiagram::def(),
      &NetworkSegment::def(),
      &Change::def(),
      &ConfigurationBaseline::def(),
      &BackupPlan::def(),
      &RestoreTest::def(),
      &ContinuityPlan::def(),
      &ContinuityExercise::def(),
      &CodeRepository::def(),
      &SecureArea::def(),
      &PhysicalInspection::def(),
      &DisposalRecord::def(),
      &Incident::def(),
      // people
      &ScreeningRecord::def(),
      &EmploymentAgreement::def(),
      &TrainingCourse::def(),
      &TrainingAssignment::def(),
      &CompetenceRecord::def(),
      &OffboardingCase::def(),
      // suppliers
      &Supplier::def(),
      &SupplierAgreement::def(),
      &SupplierAssessment::def(),
      // measurement
      &Metric::def(),
      &Measurement::def(),
      // audit
      &AuditProgramme::def(),
      &Audit::def(),
      &Auditor::def(),
      &AuditSample::def(),
      &Finding::def(),
      &Nonconformity::def(),
      &CorrectiveAction::def(),
      &ImprovementItem::def(),
      // review
      &ManagementReview::def(),
      &ReviewInput::def(),
      &ReviewDecision::def(),
      // certification
      &CertificationProject::def(),
      &CertificationBody::def(),
      &CertificationQuote::def(),
      &Certificate::def(),
      &SiteSamplingPlan::def(),
  };
  static const Registry registry(all);
  return registry;
}

}  // namespace assay
