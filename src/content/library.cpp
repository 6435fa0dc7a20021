#include "content/library.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace assay {
namespace {

// What is wrong with a file stops only that file, so that one look shows all that is to be mended.
class Complaints {
 public:
  void add(std::string_view file, std::size_t line, std::string message, std::string_view value = {}) {
    std::string place(file);
    if (line > 0) place += ":" + std::to_string(line);
    problems_.push_back({std::move(place), std::move(message), shorten(value, 80)});
  }
  Problems take() { return std::move(problems_); }

 private:
  Problems problems_;
};

std::string_view without_carriage_return(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

std::vector<std::string> list_in(std::string_view text) {
  std::vector<std::string> out;
  for (std::string_view part : split(text, ';')) {
    if (!is_blank(part)) out.emplace_back(trim(part));
  }
  return out;
}

// ---- Markdown with front matter ------------------------------------------------------------------------------------

struct MarkdownFile {
  std::map<std::string, std::string, std::less<>> front;
  std::string_view body;
  std::string value(std::string_view key) const {
    auto found = front.find(key);
    return found == front.end() ? std::string() : found->second;
  }
};

std::optional<MarkdownFile> read_markdown(const ContentFile& file, Complaints& complaints) {
  MarkdownFile out;
  std::size_t at = 0, line_number = 0;
  while (at < file.text.size()) {
    std::size_t end = std::min(file.text.find('\n', at), file.text.size());
    std::string_view line = without_carriage_return(file.text.substr(at, end - at));
    at = end + 1;
    ++line_number;
    if (line_number == 1) {
      if (line != "---") break;
      continue;
    }
    if (line == "---") {
      out.body = at < file.text.size() ? file.text.substr(at) : std::string_view();
      return out;
    }
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      complaints.add(file.name, line_number, "A line of the head has the form \"key: value\".", line);
      return std::nullopt;
    }
    out.front.emplace(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  }
  complaints.add(file.name, std::max<std::size_t>(line_number, 1),
                 "The file begins with a head between two lines \"---\".");
  return std::nullopt;
}

std::vector<GuidanceSection> read_sections(const ContentFile& file, std::string_view body, Complaints& complaints) {
  std::vector<GuidanceSection> sections;
  for (std::string_view line : split(body, '\n')) {
    line = without_carriage_return(line);
    if (line.starts_with("## ")) {
      sections.push_back({std::string(trim(line.substr(3))), {}});
    } else if (!sections.empty()) {
      sections.back().markdown.append(line) += '\n';
    } else if (!is_blank(line)) {
      complaints.add(file.name, 0, "Text stands before the first heading.", line);
      return {};
    }
  }
  for (GuidanceSection& section : sections) {
    section.markdown = std::string(trim(section.markdown));
    if (section.markdown.empty()) complaints.add(file.name, 0, "The section has no text.", section.heading);
  }
  if (sections.empty()) complaints.add(file.name, 0, "The file has no section.");
  return sections;
}

// ---- CSV -----------------------------------------------------------------------------------------------------------
// Only the form that our own files have: comma, quotes where needed, one header. Files of others go through
// kernel/exchange/csv.h.

struct CsvFile {
  std::vector<std::string> header;
  struct Line {
    std::size_t number;
    std::vector<std::string> cells;
  };
  std::vector<Line> lines;
};

struct CsvCursor {
  std::string_view text;
  std::size_t at = 0, line = 1;

  bool end() const { return at >= text.size(); }
  std::string quoted() {
    std::string cell;
    for (++at; !end(); ++at) {
      if (text[at] == '\n') ++line;
      if (text[at] == '"') {
        ++at;
        if (end() || text[at] != '"') return cell;
      }
      cell += text[at];
    }
    return cell;
  }
  std::string plain() {
    std::size_t from = at;
    while (!end() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') ++at;
    return std::string(text.substr(from, at - from));
  }
  std::vector<std::string> row() {
    std::vector<std::string> cells;
    while (true) {
      cells.push_back(!end() && text[at] == '"' ? quoted() : plain());
      if (end() || text[at] != ',') break;
      ++at;
    }
    while (!end() && text[at] != '\n') ++at;
    ++at;
    ++line;
    return cells;
  }
};

CsvFile read_csv(const ContentFile& file, Complaints& complaints) {
  CsvFile out;
  CsvCursor cursor{file.text};
  if (!cursor.end()) out.header = cursor.row();
  while (!cursor.end()) {
    std::size_t number = cursor.line;
    std::vector<std::string> cells = cursor.row();
    if (cells.size() == 1 && is_blank(cells[0])) continue;
    if (cells.size() != out.header.size()) {
      complaints.add(file.name, number, "The line has as many cells as the header.", cells[0]);
      continue;
    }
    out.lines.push_back({number, std::move(cells)});
  }
  return out;
}

// Rows of a CSV file by column name. A column that is missing is said once.
class CsvTable {
 public:
  CsvTable(const ContentFile& file, Complaints& complaints)
      : csv_(read_csv(file, complaints)), file_(file), complaints_(complaints) {}
  // The place of a column; beyond the end when there is none.
  std::size_t column(std::string_view name) const {
    auto found = std::ranges::find(csv_.header, name);
    if (found == csv_.header.end()) complaints_.add(file_.name, 1, "The column is missing.", name);
    return static_cast<std::size_t>(found - csv_.header.begin());
  }
  template <class Each>
  void each(std::initializer_list<std::string_view> names, const Each& each) const {
    std::vector<std::size_t> columns;
    for (std::string_view name : names) columns.push_back(column(name));
    for (const CsvFile::Line& line : csv_.lines) {
      std::vector<std::string> cells;
      for (std::size_t at : columns) cells.push_back(at < line.cells.size() ? line.cells[at] : std::string());
      if (cells[0].empty()) complaints_.add(file_.name, line.number, "The first column has a value in every line.");
      each(std::move(cells));
    }
  }

 private:
  CsvFile csv_;
  const ContentFile& file_;
  Complaints& complaints_;
};

std::vector<ControlGuidance> read_annex(const ContentFile& file, Complaints& complaints) {
  std::vector<ControlGuidance> out;
  CsvTable(file, complaints)
      .each({"ref", "theme", "title", "control_types", "properties", "concepts", "capabilities", "domains",
             "new_in_2022"},
            [&](std::vector<std::string> cells) {
              ControlGuidance control;
              control.ref = std::move(cells[0]);
              control.theme = std::move(cells[1]);
              control.title = std::move(cells[2]);
              control.control_types = list_in(cells[3]);
              control.properties = list_in(cells[4]);
              control.concepts = list_in(cells[5]);
              control.capabilities = list_in(cells[6]);
              control.domains = list_in(cells[7]);
              control.new_in_2022 = cells[8] == "yes";
              out.push_back(std::move(control));
            });
  return out;
}

std::vector<ClauseGuidance> read_clause_tree(const ContentFile& file, Complaints& complaints) {
  std::vector<ClauseGuidance> out;
  CsvTable(file, complaints)
      .each({"ref", "parent", "title", "documented_information", "amendment"}, [&](std::vector<std::string> cells) {
        ClauseGuidance clause;
        clause.ref = std::move(cells[0]);
        clause.parent = std::move(cells[1]);
        clause.title = std::move(cells[2]);
        clause.documented_information = cells[3] == "yes";
        clause.amendment = std::move(cells[4]);
        out.push_back(std::move(clause));
      });
  return out;
}

std::vector<Threat> read_threats(const ContentFile& file, Complaints& complaints) {
  std::vector<Threat> out;
  CsvTable(file, complaints)
      .each({"code", "category", "name", "description", "properties", "controls"}, [&](std::vector<std::string> cells) {
        out.push_back({std::move(cells[0]), std::move(cells[1]), std::move(cells[2]), std::move(cells[3]),
                       list_in(cells[4]), list_in(cells[5])});
      });
  return out;
}

std::vector<Weakness> read_weaknesses(const ContentFile& file, Complaints& complaints) {
  std::vector<Weakness> out;
  CsvTable(file, complaints)
      .each({"code", "area", "name", "description", "controls"}, [&](std::vector<std::string> cells) {
        out.push_back(
            {std::move(cells[0]), std::move(cells[1]), std::move(cells[2]), std::move(cells[3]), list_in(cells[4])});
      });
  return out;
}

std::vector<TypicalIssue> read_typical_issues(const ContentFile& file, Complaints& complaints) {
  std::vector<TypicalIssue> out;
  CsvTable(file, complaints).each({"kind", "topic", "issue", "question"}, [&](std::vector<std::string> cells) {
    out.push_back({std::move(cells[0]), std::move(cells[1]), std::move(cells[2]), std::move(cells[3])});
  });
  return out;
}

std::vector<TypicalRequirement> read_typical_requirements(const ContentFile& file, Complaints& complaints) {
  std::vector<TypicalRequirement> out;
  CsvTable(file, complaints)
      .each({"party", "type", "requirement_kind", "requirement", "climate"}, [&](std::vector<std::string> cells) {
        out.push_back(
            {std::move(cells[0]), std::move(cells[1]), std::move(cells[2]), std::move(cells[3]), cells[4] == "yes"});
      });
  return out;
}

std::vector<TypicalActivity> read_typical_activities(const ContentFile& file, Complaints& complaints) {
  std::vector<TypicalActivity> out;
  CsvTable(file, complaints)
      .each({"activity", "clause", "accountable", "responsible", "consulted", "informed"},
            [&](std::vector<std::string> cells) {
              out.push_back({std::move(cells[0]), std::move(cells[1]), std::move(cells[2]), std::move(cells[3]),
                             std::move(cells[4]), std::move(cells[5])});
            });
  return out;
}

// "controls/5.1.md" is about 5.1.
std::string_view stem_of(std::string_view name) {
  name.remove_prefix(name.rfind('/') + 1);
  return name.substr(0, name.size() - std::string_view(".md").size());
}

template <class Row>
Row* row_of(std::vector<Row>& rows, const ContentFile& file, const MarkdownFile& markdown, Complaints& complaints) {
  std::string ref = markdown.value("ref");
  if (ref != stem_of(file.name)) {
    complaints.add(file.name, 0, "The head has \"ref\" as in the name of the file.", ref);
    return nullptr;
  }
  auto found = std::ranges::find(rows, ref, &Row::ref);
  if (found == rows.end()) {
    complaints.add(file.name, 0, "There is no such number in the standard.", ref);
    return nullptr;
  }
  return &*found;
}

void read_control(std::vector<ControlGuidance>& controls, const ContentFile& file, Complaints& complaints) {
  auto markdown = read_markdown(file, complaints);
  if (!markdown) return;
  ControlGuidance* control = row_of(controls, file, *markdown, complaints);
  if (!control) return;
  control->short_name = markdown->value("short_name");
  if (control->short_name.empty()) complaints.add(file.name, 0, "The head has \"short_name\".");
  std::string days = markdown->value("default_frequency_days");
  auto [end, error] = std::from_chars(days.data(), days.data() + days.size(), control->default_frequency_days);
  if (error != std::errc() || end != days.data() + days.size() || control->default_frequency_days < 1)
    complaints.add(file.name, 0, "\"default_frequency_days\" is a whole number of days.", days);
  control->sections = read_sections(file, markdown->body, complaints);
}

void read_clause(std::vector<ClauseGuidance>& clauses, const ContentFile& file, Complaints& complaints) {
  auto markdown = read_markdown(file, complaints);
  if (!markdown) return;
  if (ClauseGuidance* clause = row_of(clauses, file, *markdown, complaints))
    clause->sections = read_sections(file, markdown->body, complaints);
}

void read_template(std::vector<Template>& templates, const ContentFile& file, Complaints& complaints) {
  auto markdown = read_markdown(file, complaints);
  if (!markdown) return;
  for (std::string_view key : {"title", "kind", "audience", "classification", "clauses"}) {
    if (markdown->value(key).empty()) complaints.add(file.name, 0, "The head has \"" + std::string(key) + "\".");
  }
  Template made;
  made.name = stem_of(file.name);
  made.title = markdown->value("title");
  made.kind = markdown->value("kind");
  made.topic = markdown->value("topic");
  made.audience = markdown->value("audience");
  made.classification = markdown->value("classification");
  made.refs = list_in(markdown->value("clauses"));
  made.markdown = std::string(trim(markdown->body)) + "\n";
  templates.push_back(std::move(made));
}

bool is_markdown_in(std::string_view name, std::string_view folder) {
  return name.starts_with(folder) && name.ends_with(".md") && name.find('/', folder.size()) == std::string_view::npos;
}

// A control without a text of its own would be an empty page; a heading ("4", "9.2") has none by design.
void check_complete(const std::vector<ControlGuidance>& controls, const std::vector<ClauseGuidance>& clauses,
                    Complaints& complaints) {
  for (const ControlGuidance& control : controls) {
    if (control.sections.empty()) complaints.add("controls/" + control.ref + ".md", 0, "The control has no guidance.");
  }
  for (const ClauseGuidance& clause : clauses) {
    bool heading = std::ranges::find(clauses, clause.ref, &ClauseGuidance::parent) != clauses.end();
    if (!heading && clause.sections.empty())
      complaints.add("clauses/" + clause.ref + ".md", 0, "The clause has no guidance.");
  }
}

}  // namespace

Result<Library> Library::load(std::span<const ContentFile> files) {
  Library library;
  Complaints complaints;
  for (const ContentFile& file : files) {  // the tables first: the texts are matched with them
    if (file.name == "annex-a.csv") library.controls_ = read_annex(file, complaints);
    if (file.name == "clauses.csv") library.clauses_ = read_clause_tree(file, complaints);
    if (file.name == "threats.csv") library.threats_ = read_threats(file, complaints);
    if (file.name == "context-issues.csv") library.typical_issues_ = read_typical_issues(file, complaints);
    if (file.name == "interested-parties.csv")
      library.typical_requirements_ = read_typical_requirements(file, complaints);
    if (file.name == "activities.csv") library.typical_activities_ = read_typical_activities(file, complaints);
    if (file.name == "weaknesses.csv") library.weaknesses_ = read_weaknesses(file, complaints);
  }
  for (const ContentFile& file : files) {
    if (is_markdown_in(file.name, "controls/")) read_control(library.controls_, file, complaints);
    if (is_markdown_in(file.name, "clauses/")) read_clause(library.clauses_, file, complaints);
    if (is_markdown_in(file.name, "templates/")) read_template(library.templates_, file, complaints);
  }
  check_complete(library.controls_, library.clauses_, complaints);
  std::ranges::sort(library.templates_, {}, &Template::title);
  Problems problems = complaints.take();
  if (!problems.empty()) return fail(std::move(problems), "The content that comes with the product is not in order.");
  return library;
}

const ControlGuidance* Library::control(std::string_view ref) const {
  if (ref.starts_with("A.")) ref.remove_prefix(2);
  auto found = std::ranges::find(controls_, ref, &ControlGuidance::ref);
  return found == controls_.end() ? nullptr : &*found;
}

const ClauseGuidance* Library::clause(std::string_view ref) const {
  auto found = std::ranges::find(clauses_, ref, &ClauseGuidance::ref);
  return found == clauses_.end() ? nullptr : &*found;
}

const Template* Library::find_template(std::string_view name) const {
  auto found = std::ranges::find(templates_, name, &Template::name);
  return found == templates_.end() ? nullptr : &*found;
}

std::string fill_placeholders(std::string_view markdown, const Placeholders& values) {
  std::string out;
  while (true) {
    std::size_t open = markdown.find("{{");
    std::size_t close = open == std::string_view::npos ? open : markdown.find("}}", open);
    if (close == std::string_view::npos) return out.append(markdown);
    out += markdown.substr(0, open);
    std::string_view name = trim(markdown.substr(open + 2, close - open - 2));
    auto found = values.find(name);
    if (found != values.end() && !is_blank(found->second)) out += found->second;
    else out.append("[").append(name).append("]");
    markdown.remove_prefix(close + 2);
  }
}

}  // namespace assay
