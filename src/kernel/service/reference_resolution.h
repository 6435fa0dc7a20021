// Finds the records that cells refer to: by id, name, code or, for people, the e-mail of their account.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kernel/store/reader.h"

namespace assay {

// Reads a register once, on its first use, and answers from memory. Letters are compared without case.
class ReferenceIndex {
 public:
  explicit ReferenceIndex(const Reader& reader) : reader_(reader) {}

  // A record that is about to be created by the same import.
  Result<void> add_pending(const EntityDef& def, const Id& id, std::string_view title);

  // The value of a reference field. Several references in one cell stand apart by ';' or line breaks, or by commas or
  // blanks when the parts are found and the whole is not. Error: invalid when something is unknown or ambiguous (one
  // problem each, without place), else what the database said.
  Result<Value> resolve(const FieldDef& field, std::string_view cell);

  Result<bool> has(const EntityDef& def, std::string_view id);

 private:
  struct Known {
    std::unordered_set<Id> ids;
    std::unordered_map<std::string, std::vector<Id>> names;  // by folded name, code, e-mail and id
  };
  // What one piece of text may mean.
  using Matches = std::vector<Id>;

  Result<Known*> known(const EntityDef& def);
  Result<void> load(const EntityDef& def, Known& into);
  Result<void> load_accounts(Known& into);
  static Matches find(const Known& known, const EntityDef& def, std::string_view text);
  static Matches find_within(const Known& known, const EntityDef& def, std::string_view text);  // "R-001: Ransomware"
  static bool take(const Known& known, const EntityDef& def, std::string_view text, std::vector<Id>& ids,
                   Problems& problems, bool within = false);
  static Problem unknown(const Known& known, const EntityDef& def, std::string_view text);

  const Reader& reader_;
  std::map<const EntityDef*, Known> registers_;
};

// Lower case, also of common accented letters, with single blanks.
std::string folded(std::string_view text);

}  // namespace assay
