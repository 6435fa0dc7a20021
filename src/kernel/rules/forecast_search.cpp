#include "kernel/rules/forecast_search.h"

#include <algorithm>
#include <iterator>

namespace assay {
namespace {

constexpr std::int64_t stride = 7;
// More than this are asked about all at once.
constexpr std::size_t most_records = 500;

using Findings = std::vector<RuleFinding>;

auto identity(const RuleFinding& finding) {
  return std::tuple(std::string_view(finding.kind), std::string_view(finding.subject), finding.finding_class);
}

bool earlier(const RuleFinding& a, const RuleFinding& b) { return identity(a) < identity(b); }

bool same(const Findings& a, const Findings& b) { return std::ranges::equal(a, b, {}, identity, identity); }

// What differs between two days that follow each other.
void compare(const Findings& before, const Findings& after, Date day, std::vector<ForecastEvent>& events) {
  using What = ForecastEvent::What;
  Findings opened, ended;
  std::ranges::set_difference(after, before, std::back_inserter(opened), earlier);
  std::ranges::set_difference(before, after, std::back_inserter(ended), earlier);
  // Both are in the order of kind and subject.
  auto old = ended.begin();
  auto about = [](const RuleFinding& finding) { return std::tie(finding.kind, finding.subject); };
  for (RuleFinding& finding : opened) {
    for (; old != ended.end() && about(*old) < about(finding); ++old) events.push_back({day, What::ends, *old});
    const bool stays = old != ended.end() && about(*old) == about(finding);
    const FindingClass until_now = stays ? (old++)->finding_class : FindingClass::minor;
    events.push_back({day, stays ? What::changes : What::opens, std::move(finding), until_now});
  }
  for (; old != ended.end(); ++old) events.push_back({day, What::ends, *old});
}

// What an escalation by share does to the classes of the rows (rulebook 0.7).
enum class Shift { none, raised, lowered };

FindingClass shifted(Shift shift, FindingClass row_class) {
  switch (shift) {
    case Shift::raised: return raised(row_class);
    case Shift::lowered: return FindingClass::observation;
    case Shift::none: break;
  }
  return row_class;
}

// What it does on both days; nothing when that differs.
std::optional<Shift> shift_on_both(const Findings& a, const Findings& b) {
  for (Shift shift : {Shift::none, Shift::raised, Shift::lowered}) {
    auto fits = [&](const RuleFinding& finding) { return finding.finding_class == shifted(shift, finding.row_class); };
    if (std::ranges::all_of(a, fits) && std::ranges::all_of(b, fits)) return shift;
  }
  return std::nullopt;
}

class Search {
 public:
  Search(const Rule& rule, const AskOnDay& ask) : rule_(rule), ask_(ask) {}

  Result<std::vector<ForecastEvent>> run(Date from, Date until) {
    Findings at_day = asked(from, nullptr);
    for (Date day = from; day < until;) {
      Date next = std::min(day.plus_days(stride), until);
      Findings at_next = asked(next, nullptr);
      week(day, at_day, next, at_next);
      day = next;
      at_day = std::move(at_next);
    }
    CHECK(failure_);
    if (!judged_) events_.clear();
    return std::move(events_);
  }

 private:
  Findings asked(Date day, const std::set<std::string>* records) {
    if (!failure_ || !judged_) return {};
    auto given = ask_(day, records);
    if (!given) {
      failure_ = std::unexpected(std::move(given).error());
      return {};
    }
    judged_ = judged_ && given->not_evaluated.empty();
    std::ranges::sort(given->findings, {}, identity);
    return std::move(given->findings);
  }

  void week(Date a, const Findings& at_a, Date b, const Findings& at_b) {
    if (same(at_a, at_b)) return;
    const auto shift = rule_.by_record && !rule_.among_found ? shift_on_both(at_a, at_b) : std::nullopt;
    std::set<std::string> turned;
    if (shift) {
      Findings differing;
      std::ranges::set_symmetric_difference(at_a, at_b, std::back_inserter(differing), earlier);
      for (const RuleFinding& finding : differing) turned.insert(finding.subject);
    }
    if (!shift || turned.size() > most_records)
      return between(a, at_a, b, at_b, [&](Date day) { return asked(day, nullptr); });
    auto of_turned = [&](const Findings& all) {
      Findings some;
      std::ranges::copy_if(all, std::back_inserter(some),
                           [&](const RuleFinding& finding) { return turned.contains(finding.subject); });
      return some;
    };
    between(a, of_turned(at_a), b, of_turned(at_b), [&](Date day) {
      Findings some = asked(day, &turned);
      for (RuleFinding& finding : some) finding.finding_class = shifted(*shift, finding.row_class);
      std::ranges::sort(some, {}, identity);
      return some;
    });
  }

  void between(Date a, const Findings& at_a, Date b, const Findings& at_b, const std::function<Findings(Date)>& on) {
    if (same(at_a, at_b)) return;
    std::int64_t days = days_between(a, b);
    if (days == 1) return compare(at_a, at_b, b, events_);
    Date middle = a.plus_days(days / 2);
    Findings at_middle = on(middle);
    between(a, at_a, middle, at_middle, on);
    between(middle, at_middle, b, at_b, on);
  }

  const Rule& rule_;
  const AskOnDay& ask_;
  std::vector<ForecastEvent> events_;
  Result<void> failure_;
  bool judged_ = true;
};

}  // namespace

std::string_view name_of(ForecastEvent::What what) {
  constexpr std::string_view names[] = {"opens", "changes", "ends"};
  return names[static_cast<std::size_t>(what)];
}

Result<std::vector<ForecastEvent>> turns_of(const Rule& rule, Date from, Date until, const AskOnDay& ask) {
  return Search(rule, ask).run(from, until);
}

}  // namespace assay
