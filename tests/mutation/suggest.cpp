#include "mutation/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <random>
#include <set>

#include "base/text.h"
#include "isms/registers.h"
#include "kernel/model/json.h"
#include "kernel/rules/sql_text.h"

namespace assay::testing {
namespace {

namespace json = boost::json;

// One change of a case: a record with another value, a record away, copies of one, or another day.
struct Trial {
  const Record* before = nullptr;
  std::vector<Record> put;
  int field = -1;
  std::optional<Date> as_of;
};

using Shown = std::map<std::string, std::multiset<std::string>>;

class Search {
 public:
  Search(Bench& bench, const Case& seed, const RuleSet& faulty) : bench_(bench), seed_(seed), faulty_(faulty) {
    seed_.question.only.clear();
    read_words();
    lay_out_world();
  }

  // Runs trials at random and gives for each that notices something the faults noticed.
  std::vector<std::pair<std::set<std::size_t>, json::object>> run(std::set<std::size_t> open, std::size_t most,
                                                                  std::mt19937& random) {
    std::vector<Trial> trials = all_trials();
    std::shuffle(trials.begin(), trials.end(), random);
    std::stable_sort(trials.begin(), trials.end(), [&](const Trial& a, const Trial& b) { return own(a) > own(b); });
    std::vector<std::pair<std::set<std::size_t>, json::object>> out;
    bench_.begin(seed_);
    std::size_t count = 0;
    for (const Trial& trial : trials) {
      if (++count > most) break;
      std::set<std::size_t> noticed = noticed_by(trial, open);
      if (!noticed.empty()) out.emplace_back(std::move(noticed), as_case(trial));
    }
    bench_.end();
    return out;
  }

 private:
  bool own(const Trial& trial) const { return trial.before && own_ids_.contains(trial.before->id); }

  // The registers, fields, numbers and texts of the rule and its views.
  void read_words() {
    const Rule& rule = faulty_.rules[0];
    std::vector<std::string> texts{rule.sql, rule.population, rule.share, rule.needs};
    std::set<std::string> placed;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (const SqlToken& token : sql_tokens(texts[i])) {
        std::string word(token.text);
        if (token.kind == SqlToken::Kind::word) words_.insert(word.substr(0, word.find("__")));
        if (token.kind == SqlToken::Kind::word && word.find("__") != std::string::npos)
          words_.insert(word.substr(word.find("__") + 2));
        if (token.kind == SqlToken::Kind::text) texts_.insert(word.substr(1, word.size() - 2));
        int number = 0;
        std::from_chars(word.data(), word.data() + word.size(), number);
        if (token.kind == SqlToken::Kind::number && number > 1 && i == 0) numbers_.insert(number);
        for (const View& view : rule_set().views) {
          if (view.name == word && placed.insert(word).second) texts.push_back(view.sql);
        }
      }
      auto defaults = rule_set().parameter_defaults();
      for (const SqlToken& key : parameters_asked(texts[i]))
        numbers_.insert(static_cast<int>(defaults[std::string(key.text)]));
    }
  }

  void lay_out_world() {
    std::map<std::pair<const EntityDef*, Id>, Record> world;
    for (const Record& record : base().records) world[{record.def, record.id}] = record;
    for (const auto& [def, id] : seed_.removed) world.erase({def, id});
    for (const Record& record : seed_.changed) {
      world[{record.def, record.id}] = record;
      own_ids_.insert(record.id);
    }
    std::map<const EntityDef*, int> others;
    for (auto& [key, record] : world) {
      if (!words_.contains(std::string(key.first->name()))) continue;
      if (!own_ids_.contains(key.second) && ++others[key.first] > 4) continue;
      world_.push_back(std::move(record));
    }
    for (const Record& record : world_) {
      for (std::size_t i = 0; i < record.values.size(); ++i) {
        const FieldDef& field = record.def->fields[i];
        if (!words_.contains(std::string(field.name)) || (field.kind != Kind::date && field.kind != Kind::instant))
          continue;
        if (auto day = Date::parse(text_of(record.values[i]).substr(0, 10))) days_.insert(*day);
      }
    }
  }

  std::set<Date> days_near(Date day) const {
    std::set<Date> out;
    auto add = [&](Date at) {
      for (int shift : {-1, 0, 1}) out.insert(at.plus_days(shift));
    };
    add(day);
    for (int number : numbers_) {
      for (int sign : {-1, 1}) {
        add(day.plus_days(sign * number));
        if (number <= 36) add(day.plus_months(sign * number));
      }
    }
    return out;
  }

  std::vector<Value> values_for(const Record& record, const FieldDef& field, const Value& now) const {
    std::vector<Value> out;
    if (!is_unset(now)) out.emplace_back();
    if (field.kind == Kind::date || field.kind == Kind::instant) {
      std::set<Date> days = days_near(seed_.question.as_of);
      std::size_t taken = 0;
      for (Date day : days_) {
        if (++taken > 8) break;
        if (own_ids_.contains(record.id) || seed_.changed.empty()) days.merge(days_near(day));
      }
      for (Date day : days) out.emplace_back(day.iso() + (field.kind == Kind::instant ? "T12:00:00Z" : ""));
      if (field.kind == Kind::instant) {
        for (Date day : days_near(seed_.question.as_of)) out.emplace_back(day.iso() + "T00:00:00Z");
        for (const Value& other : record.values) {
          auto at = Instant::parse(text_of(other));
          for (int number : numbers_) {
            for (int seconds : {number * 3600, number * 3600 + 60, -number * 3600, -number * 3600 - 60}) {
              if (at) out.emplace_back(Instant{at->seconds + std::chrono::seconds(seconds)}.iso());
            }
          }
        }
      }
    } else if (field.kind == Kind::choice) {
      for (const Choice& choice : field.choices) out.emplace_back(std::string(choice.name));
    } else if (field.kind == Kind::boolean) {
      out.emplace_back(!truth_of(now));
    } else if (field.is_number()) {
      std::set<double> numbers{0, 1, number_of(now).value_or(0) - 1, number_of(now).value_or(0) + 1};
      for (int number : numbers_)
        numbers.insert({static_cast<double>(number) - 1, static_cast<double>(number), static_cast<double>(number) + 1});
      for (double number : numbers) {
        if (field.kind == Kind::integer) out.emplace_back(static_cast<std::int64_t>(number));
        else out.emplace_back(number);
      }
    } else if (field.kind == Kind::text) {
      out.emplace_back(std::string("x"));
      out.emplace_back(std::string(" "));
      for (const std::string& text : texts_) {
        if (text.size() > 1 && text.find(' ') == std::string::npos && out.size() < 12) out.emplace_back(text);
      }
    } else if (field.kind == Kind::reference || field.kind == Kind::references) {
      std::size_t taken = 0;
      for (const Record& other : base().records) {
        if (other.def != &field.target() || ++taken > 6) continue;
        if (field.kind == Kind::reference) out.emplace_back(other.id);
        else out.emplace_back(std::vector<std::string>{other.id});
      }
      for (const Record& other : seed_.changed) {
        if (other.def == &field.target() && field.kind == Kind::reference) out.emplace_back(other.id);
      }
      if (field.kind == Kind::references) out.emplace_back(std::vector<std::string>{});
    } else if (field.kind == Kind::choices) {
      out.emplace_back(std::vector<std::string>{});
      for (const Choice& choice : field.choices) out.emplace_back(std::vector<std::string>{std::string(choice.name)});
    }
    std::erase(out, now);
    return out;
  }

  std::vector<Trial> all_trials() const {
    std::vector<Trial> out;
    for (const Record& record : world_) {
      if (record.def->name() != "organisation") out.push_back({&record, {}, -1, {}});
      for (std::size_t i = 0; i < record.values.size(); ++i) {
        const FieldDef& field = record.def->fields[i];
        if (!words_.contains(std::string(field.name))) continue;
        for (Value& value : values_for(record, field, record.values[i])) {
          Record changed = record;
          changed.values[i] = std::move(value);
          out.push_back({&record, {std::move(changed)}, static_cast<int>(i), {}});
        }
      }
      if (words_.contains("count") || words_.contains("sum")) {
        for (int copies : {1, 2, 3, 4, 5, 6, 8, 9, 10, 13, 14, 15, 18, 19, 20, 29, 49, 99}) {
          Trial trial{&record, {record}, -1, {}};
          for (int i = 1; i <= copies; ++i) {
            trial.put.push_back(record);
            trial.put.back().id = fmt::format("{}-{}", record.id, i);
          }
          out.push_back(std::move(trial));
        }
      }
    }
    for (Date day : days_) {
      for (Date near : days_near(day)) {
        if (near > Date::parse("2025-01-01") && near < Date::parse("2030-01-01"))
          out.push_back({nullptr, {}, -1, near});
      }
    }
    return out;
  }

  std::set<std::size_t> noticed_by(const Trial& trial, const std::set<std::size_t>& open) {
    std::set<std::size_t> noticed;
    RuleQuestion question = seed_.question;
    if (trial.as_of) question.as_of = *trial.as_of;
    must(bench_.connection().script("savepoint trial"));
    if (trial.before) bench_.take_away(*trial.before->def, trial.before->id);
    bool stored = true;
    for (const Record& record : trial.put) stored = stored && insert(record);
    if (stored) {
      verdict_ = bench_.evaluate_now(question, faulty_);
      Shown shown;
      for (const RuleFinding& finding : verdict_.findings)
        shown[finding.rule_id].insert(finding.kind + finding.subject + std::string(name_of(finding.finding_class)));
      for (const NotEvaluated& item : verdict_.not_evaluated) shown[item.rule].insert("not evaluated");
      if (!shown[faulty_.rules[0].id].contains("not evaluated")) {
        for (std::size_t i : open) {
          if (shown[faulty_.rules[i].id] != shown[faulty_.rules[0].id]) noticed.insert(i);
        }
      }
    }
    must(bench_.connection().script("rollback to trial; release trial"));
    return noticed;
  }

  bool insert(const Record& record) {
    try {
      bench_.put(record);
      return true;
    } catch (const std::runtime_error&) {
      return false;
    }
  }

  // The case with the trial in it, named after both.
  json::object as_case(const Trial& trial) const {
    json::object out;
    std::string name = seed_.name;
    if (trial.as_of) name += fmt::format("; asked on {}", trial.as_of->iso());
    if (trial.before) {
      std::string record = fmt::format("{} {}", lower(trial.before->def->text.label), trial.before->id);
      if (trial.field >= 0)
        name += fmt::format("; {}: {} {}", record,
                            lower(trial.before->def->fields[static_cast<std::size_t>(trial.field)].text.label),
                            in_words(trial));
      else if (trial.put.empty()) name += fmt::format("; without {}", record);
      else name += fmt::format("; {} of {}", trial.put.size(), record);
    }
    out["name"] = name.starts_with("; ") ? name.substr(2) : name;
    for (std::string_view key : {"as_of", "stage", "remove"}) {
      if (const auto* given = seed_.item.if_contains(key)) out[key] = *given;
    }
    if (trial.as_of) out["as_of"] = trial.as_of->iso();
    out["records"] = seed_.item.contains("records") ? seed_.item.at("records") : json::value(json::object());
    if (trial.before) write_change(out, trial);
    json::array expect;
    for (const RuleFinding& finding : verdict_.findings) {
      if (finding.rule_id == faulty_.rules[0].id)
        expect.push_back({{"subject", finding.subject}, {"class", name_of(finding.finding_class)}});
    }
    out["expect"] = std::move(expect);
    return out;
  }

  std::string in_words(const Trial& trial) const {
    const FieldDef& field = trial.before->def->fields[static_cast<std::size_t>(trial.field)];
    const Value& value = trial.put[0].values[static_cast<std::size_t>(trial.field)];
    if (is_empty(value)) return "unset";
    auto day = Date::parse(text_of(value).substr(0, 10));
    if (!day || field.kind == Kind::text) return display(field, value);
    std::int64_t days = days_between(*day, seed_.question.as_of);
    if (days == 0) return "on the day itself";
    return fmt::format("{} day{} {}", std::abs(days), std::abs(days) == 1 ? "" : "s", days > 0 ? "before" : "after");
  }

  void write_change(json::object& out, const Trial& trial) const {
    json::object& records = out["records"].as_object();
    const std::string name(trial.before->def->name());
    bool in_base = std::any_of(base().records.begin(), base().records.end(), [&](const Record& record) {
      return record.def == trial.before->def && record.id == trial.before->id;
    });
    json::array& list = records.contains(name) ? records[name].as_array() : records[name].emplace_array();
    auto found = std::find_if(list.begin(), list.end(),
                              [&](const json::value& item) { return view(item.at("id")) == trial.before->id; });
    if (trial.put.empty()) {
      if (found != list.end()) list.erase(found);
      if (list.empty()) records.erase(name);
      if (!in_base) return;
      if (!out.contains("remove")) out["remove"] = json::object();
      json::object& remove = out["remove"].as_object();
      if (!remove.contains(name)) remove[name] = json::array();
      remove[name].as_array().push_back(json::value(trial.before->id));
      return;
    }
    if (trial.field >= 0) {
      if (found == list.end()) found = list.insert(list.end(), json::object{{"id", trial.before->id}});
      const FieldDef& field = trial.before->def->fields[static_cast<std::size_t>(trial.field)];
      std::string text;
      append_json(text, field, trial.put[0].values[static_cast<std::size_t>(trial.field)]);
      found->as_object()[field.name] =
          is_unset(trial.put[0].values[static_cast<std::size_t>(trial.field)]) ? json::value() : json::parse(text);
      return;
    }
    json::value pattern = found != list.end() && !in_base ? *found : json::parse(to_json(*trial.before));
    for (std::size_t i = 1; i < trial.put.size(); ++i) {
      pattern.as_object()["id"] = trial.put[i].id;
      list.push_back(pattern);
    }
  }

  Bench& bench_;
  Case seed_;
  const RuleSet& faulty_;
  std::set<std::string> words_, texts_;
  std::set<int> numbers_;
  std::vector<Record> world_;
  std::set<Id> own_ids_;
  std::set<Date> days_;
  Verdict verdict_;  // of the last trial
};

}  // namespace

std::vector<json::object> suggest_cases(Bench& bench, const std::vector<Case>& cases, const RuleSet& faulty,
                                        std::size_t most_trials) {
  std::mt19937 random(1);
  std::set<std::size_t> open;
  for (std::size_t i = 1; i < faulty.rules.size(); ++i) open.insert(i);
  std::vector<std::pair<std::set<std::size_t>, json::object>> found;
  for (const Case& seed : cases) {
    auto more = Search(bench, seed, faulty).run(open, most_trials / cases.size() + 1, random);
    found.insert(found.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  std::vector<json::object> out;
  while (!found.empty()) {
    auto rest = [&](const auto& item) {
      return std::count_if(item.first.begin(), item.first.end(), [&](std::size_t i) { return open.contains(i); });
    };
    auto best =
        std::max_element(found.begin(), found.end(), [&](const auto& a, const auto& b) { return rest(a) < rest(b); });
    if (rest(*best) == 0) break;
    for (std::size_t i : best->first) open.erase(i);
    out.push_back(best->second);
  }
  return out;
}

}  // namespace assay::testing
