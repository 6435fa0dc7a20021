#include "web/proposals.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay {
namespace {

constexpr std::size_t most_sessions = 200;

}  // namespace

Proposal proposal_of(const ProposedChange& change) {
  Proposal proposal{std::string(change.def->name()), change.id, change.step, {}, change.reason};
  for (const auto& [field, value] : change.values) proposal.values.emplace_back(field->name, value);
  return proposal;
}

Result<ProposedChange> change_of(const Proposal& proposal, const Registry& registry, const CustomFields& custom) {
  ProposedChange change{registry.find(proposal.register_name), proposal.id, proposal.step, {}, proposal.reason};
  if (!change.def) return fail(ErrorKind::not_found, fmt::format("There is no register {}.", proposal.register_name));
  for (const auto& [name, value] : proposal.values) {
    const FieldDef* field = change.def->find(name);
    if (!field) field = custom.find(*change.def, name);
    if (!field)
      return fail(ErrorKind::not_found, fmt::format("{} has no field {} any more.", change.def->text.label, name));
    change.values.emplace_back(field, value);
  }
  return change;
}

std::vector<Proposal>& Proposals::kept(std::string_view session) {
  auto found = std::ranges::find(sessions_, session, &OfSession::session);
  if (found != sessions_.end()) {
    sessions_.splice(sessions_.begin(), sessions_, found);
  } else {
    sessions_.push_front({std::string(session), {}});
    if (sessions_.size() > most_sessions) sessions_.pop_back();
  }
  return sessions_.front().proposals;
}

std::vector<Proposal> Proposals::of(std::string_view session) {
  std::lock_guard lock(mutex_);
  auto found = std::ranges::find(sessions_, session, &OfSession::session);
  return found == sessions_.end() ? std::vector<Proposal>() : found->proposals;
}

Result<void> Proposals::add(std::string_view session, Proposal proposal) {
  std::lock_guard lock(mutex_);
  std::vector<Proposal>& proposals = kept(session);
  auto same = std::ranges::find_if(proposals, [&](const Proposal& other) {
    return !other.id.empty() && other.register_name == proposal.register_name && other.id == proposal.id &&
           other.step == proposal.step;
  });
  if (same != proposals.end()) {
    *same = std::move(proposal);
    return {};
  }
  if (proposals.size() == most_of_a_session)
    return fail(ErrorKind::limit, fmt::format("At most {} changes are considered together.", most_of_a_session));
  proposals.push_back(std::move(proposal));
  return {};
}

void Proposals::remove(std::string_view session, std::size_t position) {
  std::lock_guard lock(mutex_);
  std::vector<Proposal>& proposals = kept(session);
  if (position < proposals.size()) proposals.erase(proposals.begin() + static_cast<std::ptrdiff_t>(position));
}

void Proposals::clear(std::string_view session) {
  std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const OfSession& kept) { return kept.session == session; });
}

}  // namespace assay
