#include "workflows/scope/responsibilities.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "isms/organisation/role_gaps.h"

namespace assay {
namespace {

bool has(const std::vector<Ref<Person>>& people, std::string_view id) {
  return std::ranges::any_of(people, [&](const Ref<Person>& person) { return person.id == id; });
}

// Clauses in the order of the standard: "4.1" before "10.2", the controls last.
std::string clause_order(std::string_view clause) {
  std::string out, digits;
  auto flush = [&] {
    if (!digits.empty()) out += fmt::format("{:0>4}", digits);
    digits.clear();
  };
  for (char c : clause) {
    if (c >= '0' && c <= '9') {
      digits += c;
      continue;
    }
    flush();
    out += c;
  }
  flush();
  return out;
}

std::string_view name_of_role(RoleAssignmentRole role) {
  return choices_of<RoleAssignmentRole>[static_cast<std::size_t>(role)].name;
}

// Who holds the role by its name; empty when nobody does or none is named.
Id holder_of(const RaciMatrix& matrix, std::string_view role) {
  for (const auto& [person, roles] : matrix.roles) {
    if (std::ranges::any_of(roles, [&](RoleAssignmentRole held) { return name_of_role(held) == role; })) return person;
  }
  return {};
}

// A list without those that stand in a weightier one already.
std::vector<Id> others(const Id& candidate, std::initializer_list<const std::vector<Id>*> taken,
                       const Id& accountable) {
  if (candidate.empty() || candidate == accountable) return {};
  for (const std::vector<Id>* list : taken) {
    if (std::ranges::find(*list, candidate) != list->end()) return {};
  }
  return {candidate};
}

OfferedActivity offered(const RaciMatrix& matrix, const TypicalActivity& typical, std::size_t position,
                        const Id& accountable) {
  OfferedActivity out{position, accountable, {}, {}, {}};
  Id worker = holder_of(matrix, typical.responsible);
  if (!worker.empty()) out.responsible = {worker};
  out.consulted = others(holder_of(matrix, typical.consulted), {&out.responsible}, accountable);
  out.informed = others(holder_of(matrix, typical.informed), {&out.responsible, &out.consulted}, accountable);
  return out;
}

struct RaciLetters {
  std::vector<std::string> accountable, responsible, consulted, informed;
};

RaciLetters letters_of(const RaciRow& row, Problems& problems) {
  std::map<Id, std::string> by_person(row.letters.begin(), row.letters.end());
  for (const auto& [person, letter] : row.letters) by_person[person] = letter;
  RaciLetters out;
  for (const auto& [person, letter] : by_person) {
    if (letter.empty() || person.empty()) continue;
    if (letter != "A" && letter != "R" && letter != "C" && letter != "I" && letter != "AR") {
      problems.push_back({"letters", "must be A, R, C, I, AR or empty", shorten(letter, 20)});
      continue;
    }
    if (letter.front() == 'A') out.accountable.push_back(person);
    if (letter.back() == 'R') out.responsible.push_back(person);
    if (letter == "C") out.consulted.push_back(person);
    if (letter == "I") out.informed.push_back(person);
  }
  return out;
}

std::string names(const RegisterService& registers, const std::vector<std::string>& people) {
  auto reader = registers.workspace().read();
  if (!reader) return join(people, ", ");
  auto titles = (*reader)->titles(Person::def(), people).value_or(std::map<Id, std::string>());
  std::vector<std::string> out;
  for (const std::string& id : people) out.push_back(titles.contains(id) ? titles[id] : id);
  return join(out, ", ");
}

}  // namespace

std::string raci_letter(const Responsibility& activity, std::string_view person) {
  bool answers = activity.accountable.id == person, works = has(activity.responsible, person);
  if (answers) return works ? "AR" : "A";
  if (works) return "R";
  if (has(activity.consulted, person)) return "C";
  return has(activity.informed, person) ? "I" : "";
}

Result<RaciMatrix> raci_matrix(const RegisterService& registers, const Principal& principal) {
  RaciMatrix out;
  TRY(out.activities, all_of<Responsibility>(registers, principal));
  TRY(auto assignments, all_of<RoleAssignment>(registers, principal));
  TRY(auto people, all_of<Person>(registers, principal));
  Date today = registers.workspace().clock().today();
  for (const RoleAssignment& assignment : assignments) {
    if (holds_on(assignment, today)) out.roles[assignment.person.id].push_back(assignment.role);
  }
  auto in_matrix = [&](const Person& person) {
    return out.roles.contains(person.id) || std::ranges::any_of(out.activities, [&](const Responsibility& activity) {
             return !raci_letter(activity, person.id).empty();
           });
  };
  for (const Person& person : people) {
    if (in_matrix(person)) out.people.push_back(person);
  }
  std::ranges::sort(out.people, {}, &Person::name);
  std::ranges::stable_sort(out.activities, {}, [](const Responsibility& activity) {
    return std::pair(clause_order(activity.clause.value_or("~")), activity.activity);
  });
  return out;
}

Result<Record> save_raci_row(const RegisterService& registers, const Principal& principal, const RaciRow& row) {
  Problems problems;
  if (is_blank(row.activity)) problems.push_back({"activity", "must say what is done", ""});
  RaciLetters letters = letters_of(row, problems);
  if (letters.accountable.empty()) problems.push_back({"accountable", "must be one person: give exactly one an A", ""});
  if (letters.accountable.size() > 1) {
    problems.push_back({"accountable", "must be one person alone: whoever shares it answers for nothing",
                        names(registers, letters.accountable)});
  }
  if (!problems.empty()) return fail(std::move(problems), "The activity was not saved.");
  const EntityDef& def = Responsibility::def();
  Patch patch = patch_of(def, {{"activity", std::string(trim(row.activity))},
                               {"clause", is_blank(row.clause) ? Value() : Value(std::string(trim(row.clause)))},
                               {"accountable", letters.accountable.front()},
                               {"responsible", letters.responsible},
                               {"consulted", letters.consulted},
                               {"informed", letters.informed}});
  if (!row.id.empty()) return registers.change(principal, def, row.id, row.version, patch);
  Record record(def);
  for (const auto& [field, value] : patch) record.set(*field, value);
  return registers.create(principal, std::move(record));
}

std::vector<OfferedActivity> activities_to_offer(const RaciMatrix& matrix, const Library& library) {
  std::set<std::string> known;
  for (const Responsibility& activity : matrix.activities) known.insert(lower(activity.activity));
  std::vector<OfferedActivity> out;
  const auto& all = library.typical_activities();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!known.contains(lower(all[i].activity)))
      out.push_back(offered(matrix, all[i], i, holder_of(matrix, all[i].accountable)));
  }
  return out;
}

Result<std::size_t> adopt_activities(const RegisterService& registers, const Principal& principal,
                                     const Library& library, const std::vector<std::pair<std::size_t, Id>>& chosen) {
  if (chosen.empty()) return fail(Problems{{"pick", "must be at least one activity", ""}}, "Nothing was chosen.");
  TRY(RaciMatrix matrix, raci_matrix(registers, principal));
  Problems problems;
  std::vector<ProposedChange> changes;
  const EntityDef& def = Responsibility::def();
  for (const auto& [position, accountable] : chosen) {
    if (position >= library.typical_activities().size()) continue;
    if (accountable.empty()) {
      problems.push_back(
          {fmt::format("accountable.{}", position), "must be one person: choose who answers for it", ""});
      continue;
    }
    const TypicalActivity& typical = library.typical_activities()[position];
    OfferedActivity row = offered(matrix, typical, position, accountable);
    changes.push_back({&def,
                       {},
                       {},
                       patch_of(def, {{"activity", typical.activity},
                                      {"clause", typical.clause},
                                      {"accountable", accountable},
                                      {"responsible", row.responsible},
                                      {"consulted", row.consulted},
                                      {"informed", row.informed}}),
                       {}});
  }
  if (!problems.empty()) return fail(std::move(problems), "Nothing was added.");
  CHECK(registers.make(principal, changes));
  return changes.size();
}

}  // namespace assay
