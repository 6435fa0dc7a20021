// The RACI matrix as people work on it (5.3): one activity at a time, exactly one accountable.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "content/library.h"
#include "isms/organisation/person.h"
#include "isms/organisation/responsibility.h"
#include "isms/organisation/role_assignment.h"
#include "workflows/records.h"

namespace assay {

struct RaciMatrix {
  std::vector<Responsibility> activities;               // by clause, then name
  std::vector<Person> people;                           // those with a letter or a role of the ISMS, by name
  std::map<Id, std::vector<RoleAssignmentRole>> roles;  // held today, by person
};
Result<RaciMatrix> raci_matrix(const RegisterService& registers, const Principal& principal);

// What the person does in the activity: "A", "R", "C", "I", "AR" (answers for it and does it) or empty.
std::string raci_letter(const Responsibility& activity, std::string_view person);

// One activity with the letters of its row. Errors: invalid at "accountable" when nobody or more than one has an A, at
// "letters" for a letter there is none of, and at the fields of the register.
struct RaciRow {
  Id id;                     // empty: a new activity
  std::int64_t version = 0;  // the one that was shown
  std::string activity, clause;
  std::vector<std::pair<Id, std::string>> letters;  // by person; a person twice: the later counts
};
Result<Record> save_raci_row(const RegisterService& registers, const Principal& principal, const RaciRow& row);

// Typical activities that the matrix lacks, with the people who hold their roles today: accountable may be empty.
struct OfferedActivity {
  std::size_t position = 0;  // in Library::typical_activities()
  Id accountable;
  std::vector<Id> responsible, consulted, informed;
};
std::vector<OfferedActivity> activities_to_offer(const RaciMatrix& matrix, const Library& library);
// Records those chosen, each with the person who was named accountable. Error: invalid at "accountable.<position>".
Result<std::size_t> adopt_activities(const RegisterService& registers, const Principal& principal,
                                     const Library& library, const std::vector<std::pair<std::size_t, Id>>& chosen);

}  // namespace assay
