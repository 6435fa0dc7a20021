// Who may do what, as data (domain model, chapter 5). Only the files permission*.cpp and never.cpp read it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "kernel/identity/permission.h"

namespace assay::permission {

// A set of actions.
using Actions = std::uint8_t;
constexpr Actions bit(Action action) { return static_cast<Actions>(1U << static_cast<unsigned>(action)); }
constexpr Actions operator|(Action a, Action b) { return static_cast<Actions>(bit(a) | bit(b)); }
constexpr Actions operator|(Actions a, Action b) { return static_cast<Actions>(a | bit(b)); }
constexpr bool has(Actions actions, Action action) { return (actions & bit(action)) != 0; }

// What a role may do with every record of a register, and what besides with a person's own ones.
struct Rights {
  Actions all = 0;
  Actions own = 0;
};

inline constexpr Actions read = Action::see | Action::export_;
inline constexpr Actions read_create = read | Action::create;
inline constexpr Actions read_step = read | Action::step;
inline constexpr Actions read_create_step = read_create | Action::step;
inline constexpr Actions change_step = Action::change | Action::step;
inline constexpr Actions keep = read_create_step | Action::change | Action::import_;

inline constexpr Rights none{};
inline constexpr Rights sees{bit(Action::see)};
inline constexpr Rights reads{read};
inline constexpr Rights keeps{keep};
inline constexpr Rights decides{read_step, bit(Action::change)};      // steps on all, edits own
inline constexpr Rights runs{read_create_step, bit(Action::change)};  // adds, steps on all, edits own
inline constexpr Rights minds_own{read, change_step};                 // reads all, works on own
inline constexpr Rights own_only{0, read};                            // sees own
inline constexpr Rights own_steps{0, read_step};                      // sees own and takes its steps
inline constexpr Rights own_work{0, static_cast<Actions>(read | change_step)};
inline constexpr Rights reports{bit(Action::create), read_step};  // an event, and what became of it
inline constexpr Rights feeds{static_cast<Actions>((Action::see | Action::create) | Action::change | Action::import_)};
inline constexpr Rights pushes{Action::see | Action::create};

inline constexpr std::size_t class_count = 12;
struct RoleRow {
  Role role;
  std::array<Rights, class_count> rights;  // in the order of AccessClass
};

// clang-format off
inline constexpr RoleRow roles[] = {
    //                         governance documented  risk       control    operation  personal   confident. incident                       improvement audit      certific.  catalogue
    {Role::administrator,     {none,      reads,      none,      none,      none,      none,      none,      {bit(Action::create)},         none,      none,      none,      reads}},
    {Role::top_management,    {decides,   decides,    decides,   decides,   decides,   {read, change_step}, own_only, {read_create, change_step}, runs, reads,   {read_step}, reads}},
    {Role::isms_owner,        {keeps,     keeps,      keeps,     keeps,     keeps,     keeps,     keeps,     keeps,                         keeps,     keeps,     keeps,     keeps}},
    {Role::risk_owner,        {minds_own, decides,    runs,      {read_step}, decides, own_work,  own_only,  {read_create, change_step},    runs,      reads,     none,      reads}},
    {Role::control_owner,     {minds_own, decides,    minds_own, runs,      keeps,     own_work,  own_only,  {static_cast<Actions>(read_create_step | Action::change)}, runs, reads, none, reads}},
    {Role::action_owner,      {own_steps, minds_own,  minds_own, reads,     decides,   own_work,  own_only,  {bit(Action::create), static_cast<Actions>(read | change_step)}, decides, none, none, reads}},
    {Role::internal_auditor,  {reads,     reads,      reads,     reads,     reads,     {read, change_step}, own_only, {read_create},        {read_create_step}, keeps, reads, reads}},
    {Role::external_auditor,  {sees,      sees,       sees,      sees,      sees,      sees,      none,      sees,                          sees,      sees,      sees,      sees}},
    {Role::employee,          {own_steps, {read, bit(Action::step)}, own_steps, own_steps, own_steps, own_work, own_only, reports,          own_steps, none,      none,      reads}},
    {Role::consultant,        {keeps,     keeps,      keeps,     keeps,     keeps,     keeps,     none,      keeps,                         keeps,     reads,     keeps,     reads}},
    {Role::collector,         {none,      none,       none,      none,      feeds,     none,      none,      {bit(Action::create)},         none,      none,      none,      none}},
};
// clang-format on

// Registers where a role has other rights than its class gives.
struct RegisterRow {
  std::string_view name;
  Role role;
  Rights rights;
};

inline constexpr RegisterRow registers[] = {
    // Machines bring evidence, test results, readings and events; people decide.
    {"evidence", Role::collector, pushes},
    {"control_test", Role::collector, pushes},
    {"control", Role::collector, sees},
    {"metric", Role::collector, sees},
    {"measurement", Role::collector, pushes},
    {"change", Role::collector, pushes},
    {"access_review", Role::collector, none},
    {"supplier", Role::collector, none},
    {"supplier_agreement", Role::collector, none},
    {"supplier_assessment", Role::collector, none},
    {"secure_area", Role::collector, none},
    {"continuity_plan", Role::collector, none},
    {"continuity_exercise", Role::collector, none},
    // The Statement of Applicability and the list of controls belong to the ISMS owner, the work on a control to its
    // owner.
    {"statement_of_applicability", Role::control_owner, {read_step}},
    {"soa_entry", Role::control_owner, decides},
    {"control", Role::control_owner, decides},
    {"framework_mapping", Role::control_owner, reads},
    {"evidence", Role::action_owner, {read_create, bit(Action::change)}},
    {"evidence", Role::risk_owner, runs},
    // A risk owner keeps risks and their actions, not the method.
    {"risk_methodology", Role::risk_owner, reads},
    {"risk_assessment_run", Role::risk_owner, reads},
    {"risk_treatment_plan", Role::risk_owner, {read_step}},
    {"loss_tolerance", Role::risk_owner, reads},
    {"threat_category", Role::risk_owner, reads},
    // An acceptance is signed by the one who accepts and never edited.
    {"risk_acceptance", Role::risk_owner, {read_create_step}},
    {"risk_acceptance", Role::top_management, {read_create_step}},
    {"risk_acceptance", Role::control_owner, {read, bit(Action::step)}},
    {"risk_acceptance", Role::action_owner, {read, bit(Action::step)}},
    {"risk_acceptance", Role::isms_owner, {static_cast<Actions>(read_create_step | Action::import_)}},
    {"risk_acceptance", Role::consultant, {read}},
    // What auditors found and looked at is theirs; the ISMS owner records what a certification body wrote.
    {"finding", Role::isms_owner, {static_cast<Actions>(read_create_step | Action::import_), bit(Action::change)}},
    {"audit_sample", Role::isms_owner, {static_cast<Actions>(read | Action::import_)}},
    // Questions of a gap analysis are handed to those who know the answer.
    {"gap_item", Role::risk_owner, {read_create, change_step}},
    {"gap_item", Role::control_owner, {read_create, change_step}},
    // Leaving concerns those who take back access and equipment, not the files about screening and contracts.
    {"offboarding_case", Role::control_owner, {read_step}},
    {"offboarding_case", Role::consultant, {read_step}},
    // An account (an access right) is not edited by the one who has it.
    {"account", Role::risk_owner, {read_step}},
    {"account", Role::action_owner, {read_step}},
    {"account", Role::top_management, {read_step}},
    // Nobody awards a competence to himself.
    {"competence_record", Role::employee, own_only},
    {"competence_record", Role::risk_owner, own_only},
    {"competence_record", Role::control_owner, own_only},
    {"competence_record", Role::action_owner, own_only},
    {"competence_record", Role::internal_auditor, reads},
    {"competence_record", Role::top_management, reads},
};

struct FieldRow {
  std::string_view name;    // register
  std::string_view fields;  // separated by spaces
};

// Personal records: what their person fills in; the rest is set by those who keep the register.
inline constexpr FieldRow own_fields[] = {
    {"acknowledgement", "acknowledged_on"},
    {"training_assignment", "completed_on"},
};

// Not for those who may only change their own records: deadlines and judgements come from somebody else.
inline constexpr FieldRow not_own_fields[] = {
    {"treatment_action", "due_on original_due_on reschedules"},
    {"corrective_action", "due_on effectiveness effectiveness_checked_on effectiveness_checked_by"},
    {"evidence", "review_status reviewed_by"},
    {"control", "effectiveness key_control"},
};

// Seen only by those who keep the register and by the person.
inline constexpr FieldRow private_fields[] = {
    {"person", "leave_from leave_to"},
};

// In whatever register: a machine never fills these in.
inline constexpr std::string_view decision_fields =
    "approved_by approved_on accepted_by accepted_on reviewed_by closed_on closed_at effectiveness_checked_by";

// ---- Shared by the files of this module ----------------------------------------------------------------------------

Rights rights_of(Role role, const EntityDef& def);
Rights rights_of(const Principal& principal, const EntityDef& def);
// The record is the principal's: named in the holder field, or written by the principal where nobody is named.
bool is_own(const Principal& principal, const Record& record);
bool lists(std::string_view words, std::string_view word);
// Another register by name; null where the lookup does not know the registry.
const EntityDef* find_def(const Lookup* lookup, std::string_view name);
bool is_or_stands_above(const Lookup& lookup, const EntityDef& persons, std::string_view superior,
                        std::string_view person);

// "May never" for creating and changing: why not, or nothing.
std::optional<std::string> never_write(const Principal& principal, Action action, const EntityDef& def,
                                       const Record& record, const Lookup* lookup);

}  // namespace assay::permission
