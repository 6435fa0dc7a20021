// Changes that somebody considers, kept for the session until they are made, dropped or the server stops.
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/service/register_service.h"

namespace assay {

// A ProposedChange by names: definitions of custom fields come and go while it waits.
struct Proposal {
  std::string register_name;
  Id id;             // empty: a new record
  std::string step;  // empty: only values change
  std::vector<std::pair<std::string, Value>> values;
  std::string reason;
};
Proposal proposal_of(const ProposedChange& change);
// Error: not_found when a register or field is gone.
Result<ProposedChange> change_of(const Proposal& proposal, const Registry& registry, const CustomFields& custom);

// Safe from many threads. The sessions that were used least recently give way.
class Proposals {
 public:
  static constexpr std::size_t most_of_a_session = 50;

  std::vector<Proposal> of(std::string_view session);
  // Takes the place of an earlier proposal about the same record and step. Error: limit.
  Result<void> add(std::string_view session, Proposal proposal);
  void remove(std::string_view session, std::size_t position);
  void clear(std::string_view session);

 private:
  struct OfSession {
    std::string session;
    std::vector<Proposal> proposals;
  };
  std::vector<Proposal>& kept(std::string_view session);

  std::mutex mutex_;
  std::list<OfSession> sessions_;  // most recently used first
};

}  // namespace assay
