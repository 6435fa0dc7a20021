// The boundary of the ISMS held against the registers (4.3): what is decided, what is not yet, where it contradicts
// itself, how two versions differ, and how it reads in words. Pure: everything comes in as values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "isms/organisation/scope_item.h"

namespace assay {

// Something that a thing needs in order to work.
struct ScopeNeed {
  ScopeItemKind kind{};
  std::string target;  // as in ScopeThing::target
  std::string how;     // "runs in", "is provided by", "works with"
};

// A thing that the boundary has to say something about: a record of a register, a legal entity or a cloud region in
// use.
struct ScopeThing {
  ScopeItemKind kind{};
  std::string target;               // id of the record; the name where there is no record
  std::string name;                 // what people call it
  std::optional<bool> in_register;  // whether its own register counts it as in scope; nothing where it does not say
  Id supplier;                      // who provides it from outside; empty: nobody
  std::vector<ScopeNeed> needs;
};

// An item speaks about a thing when its target is the thing's id or, whatever the case of letters, its name. An
// interface may describe a thing of any kind.
bool speaks_of(const ScopeItem& item, const ScopeThing& thing);
// The item that decides about the thing: inside or at the boundary goes before left out. Null: none does.
const ScopeItem* decision_on(const ScopeThing& thing, std::span<const ScopeItem> items);
// What people call the target of an item; the target itself when no thing has it.
std::string name_of_item(const ScopeItem& item, std::span<const ScopeThing> things);

struct UndecidedThing {
  const ScopeThing* thing = nullptr;
  std::vector<std::string> needed_by;  // names of things inside that depend on it
};
// In the order of the things.
std::vector<UndecidedThing> undecided(std::span<const ScopeThing> things, std::span<const ScopeItem> items);

struct ScopeContradiction {
  const ScopeItem* item = nullptr;  // the one to look at first
  std::string text;                 // a sentence
  std::string rule;                 // the rule that would find it; empty: none does
  bool blocks = false;              // the version cannot be submitted with it
};
std::vector<ScopeContradiction> scope_contradictions(std::span<const ScopeThing> things,
                                                     std::span<const ScopeItem> items);

struct ScopeItemChange {
  enum class Kind { added, removed, changed };
  Kind kind = Kind::added;
  const ScopeItem* before = nullptr;  // null: added
  const ScopeItem* after = nullptr;   // null: removed
  std::vector<std::string> fields;    // changed: names of the fields that differ
};
// Items are the same when they speak of the same target with the same kind. Ordered by kind and target.
std::vector<ScopeItemChange> scope_difference(std::span<const ScopeItem> before, std::span<const ScopeItem> after);

// A proposal for the text of the scope statement; empty when nothing is inside. `soa_version` as in "2", empty: none
// yet.
std::string scope_wording(std::string_view organisation, std::string_view soa_version,
                          std::span<const ScopeThing> things, std::span<const ScopeItem> items);

}  // namespace assay
