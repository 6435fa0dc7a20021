// What the pages of the treatment plan and its document share.
#pragma once

#include "web/charts/gantt.h"
#include "web/paper/paper.h"
#include "web/record_parts.h"
#include "workflows/treatment/treatment_view.h"

namespace assay {

// "/treatment", with ?plan= for another than the one in force.
std::string treatment_url(std::string_view plan = {});
// "/treatment/risks/R-001/actions?plan=RTP-3".
std::string treatment_case_url(std::string_view risk, std::string_view plan = {}, std::string_view what = {});
std::string plan_url(std::string_view plan, std::string_view what);  // "/treatment/plans/RTP-2/pdf"

std::string plan_words(const RiskTreatmentPlan& plan);       // "Version 2"
std::string_view plan_state(const RiskTreatmentPlan& plan);  // "In force"
std::string decision_words(const Risk& risk);                // "Modify (treat)", "Not decided"
void approval_badge(HtmlWriter& h, ApprovalState state);
std::string_view approval_words(ApprovalState state);

// Names of people and controls of a view, read once.
struct TreatmentNames {
  TreatmentNames(const Visit& visit, const TreatmentView& view);
  std::string person(std::string_view id) const;
  std::string control(std::string_view id) const;
  TitleBook book;
  const EntityDef& people;
  const EntityDef& controls;
};

// A bar for each action that is not cancelled and has a deadline. `linked`: the labels lead to the actions.
std::vector<GanttBar> gantt_bars(const TreatmentView& view, const TreatmentNames& names, bool linked);
// "TA-003, then TA-007: the work can end on … at the earliest". Empty when nothing is open.
std::string critical_words(const TreatmentView& view, const std::function<std::string(std::string_view)>& day);

// Costs by responsible person and quarter as a table; nothing without costs.
void cost_table(HtmlWriter& h, const TreatmentView& view, const TreatmentNames& names, std::string_view look);

// Handlers of the other files.
Response treatment_page(Visit& visit);
Response begin_plan_page(Visit& visit);
Response treatment_case_page(Visit& visit);
Response decide_case(Visit& visit);
Response add_case_actions(Visit& visit);
Response approve_case(Visit& visit);
Response plan_document_page(Visit& visit);
Result<PdfWork> plan_pdf(Visit& visit);
Response plan_xlsx(Visit& visit);
Response approve_plan_page(Visit& visit);
Response approve_plan(Visit& visit);
Response issue_plan(Visit& visit);

}  // namespace assay
