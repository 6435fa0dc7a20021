// What the organisation's own records say against excluding a control: the facts of rule C6.1.3-d-06.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/model/entity.h"

namespace assay {

struct Change;
struct CodeRepository;
struct DataStore;
struct Process;
struct Site;
struct Supplier;
struct System;
struct TlsEndpoint;

// A fact that makes controls necessary, with one record that shows it.
struct SoaFact {
  std::string topic;  // "suppliers in scope", as the rule words it
  const EntityDef* def = nullptr;
  Id id;
  std::string title;
};

// The records that are judged. Those of which there may be many are given as one that shows the fact.
struct SoaFactSources {
  std::vector<System> systems;
  std::vector<CodeRepository> repositories;
  std::vector<Change> releases;  // changes of the kind "release"
  std::vector<Supplier> suppliers;
  std::vector<Process> processes;
  std::vector<Site> sites;
  std::vector<DataStore> data_stores;
  std::vector<TlsEndpoint> tls_endpoints;
  std::optional<std::pair<Id, std::string>> remote_worker;   // somebody in scope who works remotely today
  std::optional<std::pair<Id, std::string>> personal_asset;  // an active asset in scope with personal data
};

class SoaFacts {
 public:
  SoaFacts() = default;
  SoaFacts(const SoaFactSources& sources, Date today);
  // The fact that speaks against excluding the control; null when there is none.
  const SoaFact* against(std::string_view control_ref) const;
  const std::vector<SoaFact>& all() const { return facts_; }
  // Keeps that a fact holds but not the record that shows it, for those who may not see the register.
  void hide_records(const EntityDef& def);

 private:
  std::vector<SoaFact> facts_;
};

}  // namespace assay
