#include "kernel/rules/finding_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 4> cause_names{"first", "change", "time", "rule"};
constexpr std::string_view columns =
    "number, rule, kind, subject, class, ref, detail, opened_on, opened_at, opened_cause, opened_entry, closed_on, "
    "closed_at, "
    "closed_cause, closed_entry";

Cause cause_of(std::string_view name) {
  for (std::size_t i = 0; i < cause_names.size(); ++i) {
    if (cause_names[i] == name) return static_cast<Cause>(i);
  }
  return Cause::rule;
}

FindingEvent event_of(const Row& row, int first) {
  return {std::string(row.text(first)), std::string(row.text(first + 1)), cause_of(row.text(first + 2)),
          row.is_null(first + 3) ? -1 : row.integer(first + 3)};
}

KeptFinding finding_of(const Row& row) {
  KeptFinding finding;
  finding.number = row.integer(0);
  finding.key = {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))};
  finding.finding_class = finding_class_of(row.text(4)).value_or(FindingClass::minor);
  finding.ref = row.text(5);
  finding.detail = row.text(6);
  finding.opened = event_of(row, 7);
  if (!row.is_null(11)) finding.closed = event_of(row, 11);
  return finding;
}

Result<std::vector<KeptFinding>> select(Connection& connection, std::string_view rest, Params params) {
  std::vector<KeptFinding> found;
  CHECK(connection.query(fmt::format("select {} from assay_finding {}", columns, rest), params,
                         [&](const Row& row) { found.push_back(finding_of(row)); }));
  return found;
}

Result<std::map<FindingKey, KeptFinding>> open_findings(Connection& connection) {
  TRY(auto rows, select(connection, "where closed_at is null", {}));
  std::map<FindingKey, KeptFinding> open;
  for (KeptFinding& row : rows) {
    FindingKey key = row.key;
    open.emplace(std::move(key), std::move(row));
  }
  return open;
}

// Finds out which entry of the ledger made a finding open or close.
class Causes {
 public:
  static Result<Causes> read(Connection& connection, std::int64_t first, std::int64_t end, bool other_day) {
    Causes causes;
    causes.other_day_ = other_day;
    Param params[] = {first, end};
    CHECK(
        connection.query("select register, record, max(seq) from assay_ledger where seq >= ? and seq < ? and version > "
                         "0 group by register, record",
                         params, [&](const Row& row) {
                           causes.records_[{std::string(row.text(0)), std::string(row.text(1))}] = row.integer(2);
                           std::int64_t& last = causes.registers_[std::string(row.text(0))];
                           last = std::max(last, row.integer(2));
                         }));
    return causes;
  }

  // The subject's own change is the likeliest; else the last change of anything the rule reads; else time.
  void explain(FindingEvent& event, const FindingKey& key, const RuleDependencies::OfRule* rule) const {
    if (auto own = records_.find({key.kind, key.subject}); own != records_.end()) {
      event.cause = Cause::change;
      event.entry = own->second;
      return;
    }
    for (const auto& [register_name, last] : registers_) {
      bool read = !rule || !rule->known || reads(*rule, register_name);
      if (read) event.entry = std::max(event.entry, last);
    }
    event.cause = event.entry >= 0 ? Cause::change : other_day_ ? Cause::time : Cause::rule;
  }

 private:
  static bool reads(const RuleDependencies::OfRule& rule, std::string_view register_name) {
    return std::ranges::any_of(rule.reads.columns, [&](const auto& table) {
      std::string_view name = table.first;
      return name == register_name ||
             (name.starts_with(register_name) && name.substr(register_name.size()).starts_with("__"));
    });
  }
  std::map<std::pair<std::string, std::string>, std::int64_t> records_;
  std::map<std::string, std::int64_t> registers_;
  bool other_day_ = false;
};

struct LastRecorded {
  bool any = false;
  std::int64_t entries = 0;
  std::string day;
};

Result<LastRecorded> last_recorded(Connection& connection) {
  LastRecorded last;
  CHECK(connection.query("select entries, day from assay_auditor where one = 1", {}, [&](const Row& row) {
    last = {true, row.integer(0), std::string(row.text(1))};
  }));
  return last;
}

Result<void> store_counts(Connection& connection, const Verdict& verdict, std::string_view at) {
  std::string day = verdict.as_of.iso();
  Param counts[] = {std::string_view(day), static_cast<std::int64_t>(verdict.count(FindingClass::major)),
                    static_cast<std::int64_t>(verdict.count(FindingClass::minor)),
                    static_cast<std::int64_t>(verdict.count(FindingClass::observation)),
                    static_cast<std::int64_t>(verdict.count(FindingClass::ofi))};
  CHECK(connection.run(
      "insert into assay_verdict_day (day, majors, minors, observations, opportunities) values (?, ?, ?, ?, ?) on "
      "conflict (day) "
      "do update set majors = excluded.majors, minors = excluded.minors, observations = excluded.observations, "
      "opportunities = excluded.opportunities",
      counts));
  Param mark[] = {verdict.entries, std::string_view(day), at};
  CHECK(connection.run(
      "insert into assay_auditor (one, entries, day, at) values (1, ?, ?, ?) on conflict (one) do update set "
      "entries = excluded.entries, day = excluded.day, at = excluded.at",
      mark));
  return {};
}

Param entry_param(std::int64_t entry) { return entry < 0 ? Param() : Param(entry); }

constexpr std::string_view mark_columns =
    "select rule, kind, subject, what, reason, record, author, at from assay_finding_mark";

FindingMark mark_in(const Row& row) {
  FindingMark mark;
  mark.key = {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))};
  mark.what = row.text(3) == "accepted" ? FindingMark::What::accepted : FindingMark::What::disputed;
  mark.reason = row.text(4);
  mark.record = row.text(5);
  mark.author = row.text(6);
  mark.at = row.text(7);
  return mark;
}

}  // namespace

std::string_view name_of(Cause cause) { return cause_names[static_cast<std::size_t>(cause)]; }

FindingKey key_of(const RuleFinding& finding) { return {finding.rule_id, finding.kind, finding.subject}; }

Result<FindingHistory::Recorded> FindingHistory::record(const Verdict& verdict, const RuleDependencies& dependencies) {
  Recorded recorded;
  CHECK(workspace_.write(Principal::product("auditor"), [&](Transaction& transaction) -> Result<void> {
    Connection& connection = transaction.connection();
    TRY(LastRecorded last, last_recorded(connection));
    std::string day = verdict.as_of.iso();
    if (last.any && (verdict.entries < last.entries || day < last.day)) return {};
    std::string at = transaction.now().iso();
    TRY(Causes causes, Causes::read(connection, last.entries, verdict.entries, day != last.day));
    TRY(auto open, open_findings(connection));
    auto event_for = [&](const FindingKey& key) {
      FindingEvent event{day, at, Cause::first, -1};
      if (!last.any) return event;
      causes.explain(event, key, dependencies.find(key.rule));
      return event;
    };
    TRY(auto highest, connection.one_integer("select max(number) from assay_finding"));
    std::int64_t number = highest.value_or(0);
    for (const RuleFinding& finding : verdict.findings) {
      FindingKey key = key_of(finding);
      std::string_view finding_class = name_of(finding.finding_class);
      if (auto kept = open.find(key); kept != open.end()) {
        if (kept->second.finding_class != finding.finding_class || kept->second.detail != finding.detail) {
          Param change[] = {finding_class, std::string_view(finding.detail), kept->second.number};
          CHECK(connection.run("update assay_finding set class = ?, detail = ? where number = ?", change));
        }
        open.erase(kept);
        continue;
      }
      FindingEvent event = event_for(key);
      Param row[] = {++number,
                     std::string_view(key.rule),
                     std::string_view(key.kind),
                     std::string_view(key.subject),
                     finding_class,
                     std::string_view(finding.ref),
                     std::string_view(finding.detail),
                     std::string_view(event.on),
                     std::string_view(event.at),
                     name_of(event.cause),
                     entry_param(event.entry)};
      CHECK(
          connection.run("insert into assay_finding (number, rule, kind, subject, class, ref, detail, opened_on, "
                         "opened_at, opened_cause, "
                         "opened_entry) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         row));
      ++recorded.opened;
    }
    for (const auto& [key, kept] : open) {
      // What could not be judged is not thereby mended.
      bool judged =
          std::ranges::find(verdict.not_evaluated, key.rule, &NotEvaluated::rule) == verdict.not_evaluated.end();
      if (!judged) continue;
      FindingEvent event = event_for(key);
      Param row[] = {std::string_view(event.on), std::string_view(event.at), name_of(event.cause),
                     entry_param(event.entry), kept.number};
      CHECK(connection.run(
          "update assay_finding set closed_on = ?, closed_at = ?, closed_cause = ?, closed_entry = ? where number = ?",
          row));
      // Whoever said that it is wrong spoke of what stood there then. The words stay in the ledger.
      Param which[] = {std::string_view(key.rule), std::string_view(key.kind), std::string_view(key.subject)};
      CHECK(connection.run(
          "delete from assay_finding_mark where rule = ? and kind = ? and subject = ? and what = 'disputed'", which));
      ++recorded.closed;
    }
    return store_counts(connection, verdict, at);
  }));
  return recorded;
}

Result<std::map<FindingKey, KeptFinding>> FindingHistory::open() const {
  TRY(auto reader, workspace_.read());
  return open_findings(reader->connection());
}

Result<std::vector<KeptFinding>> FindingHistory::of(const FindingKey& key) const {
  TRY(auto reader, workspace_.read());
  Param params[] = {std::string_view(key.rule), std::string_view(key.kind), std::string_view(key.subject)};
  return select(reader->connection(), "where rule = ? and kind = ? and subject = ? order by number desc", params);
}

Result<std::vector<KeptFinding>> FindingHistory::closed_since(std::string_view day, std::size_t limit) const {
  TRY(auto reader, workspace_.read());
  Param params[] = {day, static_cast<std::int64_t>(limit)};
  return select(reader->connection(), "where closed_on >= ? order by closed_at desc, number desc limit ?", params);
}

Result<std::vector<KeptFinding>> FindingHistory::about(std::string_view kind, std::string_view subject,
                                                       std::size_t limit) const {
  TRY(auto reader, workspace_.read());
  Param params[] = {kind, subject, static_cast<std::int64_t>(limit)};
  return select(reader->connection(), "where kind = ? and subject = ? order by number desc limit ?", params);
}

Result<std::vector<DayOfVerdict>> FindingHistory::days(std::string_view since) const {
  TRY(auto reader, workspace_.read());
  std::vector<DayOfVerdict> days;
  Param params[] = {since};
  CHECK(reader->connection().query(
      "select day, majors, minors, observations, opportunities from assay_verdict_day where day >= ? order by day",
      params, [&](const Row& row) {
        days.push_back({std::string(row.text(0)), row.integer(1), row.integer(2), row.integer(3), row.integer(4)});
      }));
  return days;
}

Result<std::map<FindingKey, FindingMark>> FindingHistory::marks() const {
  TRY(auto reader, workspace_.read());
  std::map<FindingKey, FindingMark> marks;
  CHECK(reader->connection().query(std::string(mark_columns), {}, [&](const Row& row) {
    FindingMark mark = mark_in(row);
    marks.emplace(mark.key, std::move(mark));
  }));
  return marks;
}

Result<std::optional<FindingMark>> FindingHistory::mark_of(const FindingKey& key) const {
  TRY(auto reader, workspace_.read());
  std::optional<FindingMark> mark;
  Param which[] = {std::string_view(key.rule), std::string_view(key.kind), std::string_view(key.subject)};
  CHECK(reader->connection().query(fmt::format("{} where rule = ? and kind = ? and subject = ?", mark_columns), which,
                                   [&](const Row& row) { mark = mark_in(row); }));
  return mark;
}

Result<void> FindingHistory::mark(Transaction& transaction, const FindingMark& mark) {
  bool accepted = mark.what == FindingMark::What::accepted;
  if (is_blank(mark.reason) && !accepted)
    return fail(Problems{{"reason", "must say what is wrong with the finding", ""}});
  std::string_view what = accepted ? "accepted" : "disputed";
  std::string at = transaction.now().iso();
  Param row[] = {std::string_view(mark.key.rule),
                 std::string_view(mark.key.kind),
                 std::string_view(mark.key.subject),
                 what,
                 std::string_view(mark.reason),
                 std::string_view(mark.record),
                 std::string_view(transaction.actor().name),
                 std::string_view(at)};
  CHECK(
      transaction.connection().run("insert into assay_finding_mark (rule, kind, subject, what, reason, record, author, "
                                   "at) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (rule, kind, "
                                   "subject) do update set what = excluded.what, reason = excluded.reason, record = "
                                   "excluded.record, author = excluded.author, at = excluded.at",
                                   row));
  std::string changes = fmt::format("{{\"rule\":{},\"kind\":{},\"record\":{}}}", json_string(mark.key.rule),
                                    json_string(mark.key.kind), json_string(mark.record));
  return transaction.note("conformity finding", mark.key.rule + " " + mark.key.subject, accepted ? "accept" : "dispute",
                          mark.reason, changes);
}

Result<void> FindingHistory::remove_mark(Transaction& transaction, const FindingKey& key, std::string_view reason) {
  Param row[] = {std::string_view(key.rule), std::string_view(key.kind), std::string_view(key.subject)};
  TRY(std::int64_t removed,
      transaction.connection().run("delete from assay_finding_mark where rule = ? and kind = ? and subject = ?", row));
  if (removed == 0) return fail(ErrorKind::not_found, "This finding bears no mark.");
  std::string changes = fmt::format("{{\"rule\":{},\"kind\":{}}}", json_string(key.rule), json_string(key.kind));
  return transaction.note("conformity finding", key.rule + " " + key.subject, "withdraw", reason, changes);
}

}  // namespace assay
