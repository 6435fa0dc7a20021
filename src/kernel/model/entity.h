// What a register is: its names, its place in the process, its fields, its own checks and its lifecycle.
#pragma once

#include <boost/pfr/tuple_size.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/model/field.h"
#include "kernel/model/lifecycle.h"

namespace assay {

// The phase of the process under which people look for the register; the menu follows this order.
enum class Phase {
  organisation,   // context, scope, governance, objectives (clauses 4 to 7)
  documents,      // documented information (7.5)
  risk,           // risk method, register, treatment (6.1, 8.2, 8.3)
  applicability,  // Statement of Applicability, controls, evidence (6.1.3 d)
  assets,         // assets, systems, access, vulnerabilities (Annex A operation)
  people,         // screening, training, competence, leaving
  suppliers,
  operations,     // incidents, changes, logging, backup, continuity, physical
  measurement,    // metrics (9.1)
  audit,          // gap analysis, internal audit, nonconformities (9.2, 10)
  review,         // management review (9.3)
  certification,  // bodies, project, certificate, cycle
};

// What kind of record this is for the question who may see and change it (kernel/identity/permission.cpp).
enum class AccessClass {
  governance,    // ISMS records kept by the ISMS owner
  documented,    // documents that staff may read
  risk,          // risks, treatment, acceptance
  control,       // SoA, controls, evidence
  operation,     // operational registers, also fed by machines
  personal,      // records about single persons: training, acknowledgement; own ones are visible
  confidential,  // screening and the like: only people who need them
  incident,      // events anybody may report
  improvement,   // nonconformities, corrective actions, improvement items
  audit,         // audits, samples, findings: kept by auditors
  certification,
  catalogue,  // reference data
};

struct EntityText {
  std::string_view name;          // register key: table, URL segment, bundle key ("soa_entry")
  std::string_view label;         // one of them: "Risk"
  std::string_view plural;        // many of them: "Risks"
  std::string_view help;          // what this register is for and what the clause asks, one or two sentences
  std::string_view clause = {};   // "6.1.2", "A.5.9"
  std::string_view example = {};  // an example entry in words, for the empty state
  Phase phase = Phase::organisation;
  AccessClass access = AccessClass::governance;
  std::string_view prefix = {};  // of generated ids: "R" gives R-001
  std::string_view parent = {};  // reference field that makes this a part of a whole ("soa"); empty: in the menu
  std::string_view unique_together = {};  // fields whose values together occur once: "soa control_ref"; sets: ';'
  std::string_view holder = {};           // reference to Person that makes a record somebody's own ("owner", "person")
  std::string_view default_sort = {};     // "-raised_on"; empty: by id
  bool single = false;                    // at most one record in a workspace (Organisation)
  // At most one record may have this ("status=effective"), or one for each value of another field
  // ("status=effective per document"); domain model, chapter 3.
  std::string_view one_where = {};
  // States in which the record changes no more, separated by spaces; steps still lead on.
  std::string_view frozen_in = {};
  // Of a part: states of its parent from which on it stands as it is. Then no part is added, and `settled_fields`
  // change no more (none named: no field does).
  std::string_view settled_with = {};
  std::string_view settled_fields = {};
};

struct EntityDef {
  EntityText text;
  std::span<const FieldDef> fields;
  const Lifecycle* lifecycle = nullptr;
  std::shared_ptr<void> (*create)() = nullptr;
  Id& (*id)(void* record) = nullptr;
  Problems (*validate)(const void* record) = nullptr;  // rules across fields; never null
  // Works out derived fields before a person's change is stored; null when there are none. Imports keep what they
  // bring.
  void (*derive)(void* record, const Lookup& lookup) = nullptr;

  const FieldDef* find(std::string_view field_name) const;
  std::size_t index(std::string_view field_name) const;  // of a field that exists; anything else is a broken invariant
  const FieldDef& title_field() const;
  std::string_view name() const { return text.name; }
  // Every field that is indexed: list columns, references, unique and state fields, of scalar kinds; custom fields that
  // the list shows.
  bool is_indexed(const FieldDef& field) const;
};

namespace detail {
template <class T>
consteval void check_fields(std::span<const FieldDef> fields, std::size_t other_members) {
  std::size_t members = other_members;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].owner != &class_tag<T>) throw "a field of another struct";
    ++members;
    for (std::size_t j = 0; j < i; ++j) {
      if (fields[i].name == fields[j].name) throw "the same field is declared twice";
    }
  }
  if (members != boost::pfr::tuple_size_v<T>) throw "every member but the id needs exactly one field";
}
}  // namespace detail

// The parts of an embedded record (a list of records inside a record): static std::span<const FieldDef> parts().
template <class T>
consteval bool embedded_complete(std::span<const FieldDef> parts) {
  detail::check_fields<T>(parts, 0);
  return true;
}

// A register is a struct with an `Id id`, a static def() and, where needed, `Problems validate() const` and
// `void derive(const Lookup&)`.
template <class T>
consteval EntityDef entity(EntityText text, std::span<const FieldDef> fields, const Lifecycle* lifecycle = nullptr) {
  detail::check_fields<T>(fields, 1);
  if (text.help.empty()) throw "a register needs a help text";
  std::size_t titles = 0;
  bool listed = false;
  for (const FieldDef& field : fields) {
    titles += field.text.title;
    listed |= field.text.in_list;
  }
  if (titles != 1) throw "a register needs exactly one .title field";
  if (!listed) throw "a register needs at least one .in_list field";

  EntityDef def{};
  def.text = text;
  def.fields = fields;
  def.lifecycle = lifecycle;
  def.create = []() -> std::shared_ptr<void> { return std::make_shared<T>(); };
  def.id = [](void* record) -> Id& { return static_cast<T*>(record)->id; };
  def.validate = [](const void* record) -> Problems {
    if constexpr (requires(const T& t) { t.validate(); }) return static_cast<const T*>(record)->validate();
    return {};
  };
  if constexpr (requires(T & t, const Lookup& lookup) { t.derive(lookup); }) {
    def.derive = [](void* record, const Lookup& lookup) { static_cast<T*>(record)->derive(lookup); };
  }
  return def;
}

// All registers of the product, in menu order. Layers receive it; only isms/registers.cpp lists them.
class Registry {
 public:
  explicit Registry(std::span<const EntityDef* const> entities);
  std::span<const EntityDef* const> all() const { return entities_; }
  const EntityDef* find(std::string_view name) const;  // null when unknown
  std::string nearest(std::string_view name) const;    // for "did you mean"; empty when nothing is close
  // Fields of other registers that refer to `target`.
  struct Referrer {
    const EntityDef* def;
    const FieldDef* field;
  };
  const std::vector<Referrer>& referrers(const EntityDef& target) const;

 private:
  std::vector<const EntityDef*> entities_;
  std::vector<std::pair<std::string_view, const EntityDef*>> by_name_;
  std::vector<std::vector<Referrer>> referrers_;
  std::size_t position(const EntityDef& def) const;
};

}  // namespace assay
