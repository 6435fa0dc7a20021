// What the risk register is on paper. Internal to src/web/risk.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "isms/record_checks.h"
#include "kernel/exchange/xlsx_writer.h"
#include "web/risk/risk_view.h"

namespace assay {

inline constexpr std::string_view register_title = "Risk register";

// All that the document says, read once.
struct RegisterPaper {
  Letterhead letterhead;
  RiskChoice choice;
  std::vector<Risk> risks;  // highest current score first
  std::optional<RiskScale> scale;
  std::optional<Record> run;  // the latest assessment
  std::map<const EntityDef*, std::map<Id, std::string>> names;
  Date today;

  std::string name(const EntityDef& def, const Id& id) const {
    auto book = names.find(&def);
    if (book == names.end()) return id;
    auto found = book->second.find(id);
    return found == book->second.end() ? id : found->second;
  }
  template <class T>
  std::string name_of(const std::optional<Ref<T>>& ref) const {
    return checks::id_of(ref).empty() ? std::string() : name(T::def(), checks::id_of(ref));
  }
  template <class T>
  std::string names_of(const std::vector<Ref<T>>& refs) const {
    std::vector<std::string> out;
    for (const Ref<T>& ref : refs) out.push_back(name(T::def(), ref.id));
    return join(out, ", ");
  }
};

// The risks that the address chooses. Errors: of reading, or of the choice.
Result<RegisterPaper> register_paper(Visit& visit);

Paper register_head(const RegisterPaper& made, bool issued);
PaperBody register_body(const RegisterPaper& made);  // `made` must outlive it
// The risks with all that is known of each, and below a method the grids as numbers.
Result<void> write_register_workbook(XlsxWriter& writer, const RegisterPaper& made);

}  // namespace assay
