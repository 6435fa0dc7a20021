#include "kernel/exchange/xlsx_package.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <map>

#include "base/text.h"
#include "kernel/exchange/refusal.h"
#include "kernel/exchange/xml_stream.h"

namespace assay {
namespace {

struct Relationship {
  std::string id, kind, part;  // kind: last step of the type's address, the same in both editions of the standard
};

// "xl/workbook.xml" and "../a/b.xml" -> "a/b.xml"; a target that begins with '/' starts at the root. Empty: climbs out.
std::string resolve(std::string_view base_part, std::string_view target) {
  std::vector<std::string> steps;
  std::string from_root(target);
  if (!target.starts_with('/') && !target.starts_with('\\'))
    from_root = fmt::format(
        "{}/{}", base_part.substr(0, base_part.rfind('/') == std::string_view::npos ? 0 : base_part.rfind('/')),
        target);
  std::ranges::replace(from_root, '\\', '/');
  for (std::string_view step : split(from_root, '/')) {
    if (step.empty() || step == ".") continue;
    if (step != "..") {
      steps.emplace_back(step);
      continue;
    }
    if (steps.empty()) return {};
    steps.pop_back();
  }
  return join(steps, "/");
}

class RelationshipReader : public XmlHandler {
 public:
  explicit RelationshipReader(std::string base_part) : base_part_(std::move(base_part)) {}
  Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || attributes.get("TargetMode") == "External") return {};
    std::string_view type = attributes.get("Type");
    std::string part = resolve(base_part_, attributes.get("Target"));
    if (!part.empty())
      found.push_back(
          {std::string(attributes.get("Id")), std::string(type.substr(type.rfind('/') + 1)), std::move(part)});
    return {};
  }
  Result<void> end(std::string_view) override { return {}; }
  std::vector<Relationship> found;

 private:
  std::string base_part_;
};

struct SheetEntry {
  std::string name, relationship;
  bool hidden = false;
};

class WorkbookReader : public XmlHandler {
 public:
  explicit WorkbookReader(std::size_t most_sheets) : most_sheets_(most_sheets) {}
  Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      std::string_view flag = attributes.get("date1904");
      if (flag == "1" || flag == "true") date_system = DateSystem::from_1904;
    }
    if (name != "sheet") return {};
    if (sheets.size() == most_sheets_)
      return refuse_file(ErrorKind::limit, {}, fmt::format("expected at most {} sheets", most_sheets_));
    std::string_view state = attributes.get("state");
    sheets.push_back(
        {std::string(attributes.get("name")), std::string(attributes.get("id")), !state.empty() && state != "visible"});
    return {};
  }
  Result<void> end(std::string_view) override { return {}; }
  std::vector<SheetEntry> sheets;
  DateSystem date_system = DateSystem::from_1900;

 private:
  std::size_t most_sheets_;
};

class StyleReader : public XmlHandler {
 public:
  Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "cellXfs") in_cell_styles_ = true;
    if (name == "numFmt") custom_[id_of(attributes)] = custom_number_format(attributes.get("formatCode"));
    if (name == "xf" && in_cell_styles_) {
      auto own = custom_.find(id_of(attributes));
      formats.push_back(own == custom_.end() ? builtin_number_format(id_of(attributes)) : own->second);
    }
    return {};
  }
  Result<void> end(std::string_view name) override {
    if (name == "cellXfs") in_cell_styles_ = false;
    return {};
  }
  std::vector<NumberFormat> formats;

 private:
  static unsigned id_of(const XmlAttributes& attributes) {
    std::string_view text = attributes.get("numFmtId");
    unsigned id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    return id;
  }
  bool in_cell_styles_ = false;
  std::map<unsigned, NumberFormat> custom_;
};

class SharedTextReader : public XmlHandler {
 public:
  SharedTextReader(SharedTexts& texts, std::size_t most_bytes) : texts_(texts), most_bytes_(most_bytes) {}

  Result<void> start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") current_.clear();
    if (name == "rPh") in_phonetic_ = true;  // how to pronounce the text: not part of it
    in_text_ = name == "t" && !in_phonetic_;
    return {};
  }
  Result<void> end(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") in_phonetic_ = false;
    if (name != "si") return {};
    ++number_;
    if (texts_.add(unescape_text(std::move(current_)))) return {};
    return refuse(ErrorKind::limit, "expected at most 4 GiB of text");
  }
  Result<void> text(std::string_view piece) override {
    if (!in_text_) return {};
    if (current_.size() + piece.size() > most_bytes_)
      return refuse(ErrorKind::limit, fmt::format("expected at most {} bytes in a cell", most_bytes_));
    current_ += piece;
    return {};
  }

 private:
  Failure refuse(ErrorKind kind, std::string message) const {
    return refuse_file(kind, fmt::format("shared text {}", number_), std::move(message), current_);
  }
  SharedTexts& texts_;
  std::size_t most_bytes_;
  std::size_t number_ = 0;
  bool in_text_ = false, in_phonetic_ = false;
  std::string current_;
};

Result<std::vector<Relationship>> read_relationships(ZipArchive& archive, const std::string& base_part) {
  std::size_t name_at = base_part.rfind('/') + 1;  // npos + 1 == 0: the whole is the name
  std::string part_name = fmt::format("{}_rels/{}.rels", base_part.substr(0, name_at), base_part.substr(name_at));
  RelationshipReader reader(base_part);
  if (archive.contains(part_name)) {
    TRY(ZipPart part, archive.part(part_name));
    CHECK(read_xml(part, reader));
  }
  return std::move(reader.found);
}

const Relationship* find_kind(const std::vector<Relationship>& all, std::string_view kind) {
  auto found = std::ranges::find(all, kind, &Relationship::kind);
  return found == all.end() ? nullptr : &*found;
}

Result<std::string> find_workbook(ZipArchive& archive) {
  TRY(std::vector<Relationship> roots, read_relationships(archive, ""));
  const Relationship* root = find_kind(roots, "officeDocument");
  std::string part = root ? root->part : "xl/workbook.xml";
  if (lower(part).ends_with(".bin"))
    return refuse_file(ErrorKind::invalid, part, "this is a binary workbook (.xlsb); expected one saved as .xlsx");
  if (archive.contains(part)) return part;
  if (archive.contains("content.xml"))
    return refuse_file(ErrorKind::invalid, {}, "this is an OpenDocument file; expected a workbook saved as .xlsx");
  return refuse_file(ErrorKind::invalid, {},
                     "this is a ZIP file without a workbook; expected a workbook saved as .xlsx");
}

// Chart sheets and macro sheets have other kinds of relationship and hold no cells: they are left out.
Result<void> connect_sheets(XlsxPackage& package, const std::vector<SheetEntry>& entries,
                            const std::vector<Relationship>& links) {
  std::vector<SheetPart> hidden;
  for (const SheetEntry& entry : entries) {
    auto link = std::ranges::find(links, entry.relationship, &Relationship::id);
    if (link != links.end() && link->kind != "worksheet") continue;
    if (link == links.end() || !package.archive.contains(link->part))
      return refuse_file(ErrorKind::invalid, fmt::format("sheet '{}'", shorten(entry.name, 40)),
                         "the sheet is missing in the file");
    (entry.hidden ? hidden : package.sheets).push_back({entry.name, link->part, entry.hidden});
  }
  std::ranges::move(hidden, std::back_inserter(package.sheets));
  return {};
}

}  // namespace

bool SharedTexts::add(std::string_view text) {
  if (letters_.size() + text.size() > std::numeric_limits<std::uint32_t>::max()) return false;
  letters_ += text;
  ends_.push_back(static_cast<std::uint32_t>(letters_.size()));
  return true;
}

std::optional<std::string_view> SharedTexts::at(std::size_t index) const {
  if (index >= ends_.size()) return std::nullopt;
  std::size_t start = index ? ends_[index - 1] : 0;
  return std::string_view(letters_).substr(start, ends_[index] - start);
}

Result<XlsxPackage> open_package(ZipArchive archive, const ReadLimits& limits) {
  TRY(std::string workbook, find_workbook(archive));
  TRY(std::vector<Relationship> links, read_relationships(archive, workbook));
  XlsxPackage package{std::move(archive), limits, {}, {}, {}, {}, {}, {}};
  WorkbookReader reader(limits.sheets);
  TRY(ZipPart part, package.archive.part(workbook));
  CHECK(read_xml(part, reader));
  package.date_system = reader.date_system;
  CHECK(connect_sheets(package, reader.sheets, links));
  if (const Relationship* styles = find_kind(links, "styles")) package.styles_part = styles->part;
  if (const Relationship* texts = find_kind(links, "sharedStrings")) package.texts_part = texts->part;
  return package;
}

Result<void> load_cell_tables(XlsxPackage& package) {
  if (package.archive.contains(package.styles_part)) {
    StyleReader reader;
    TRY(ZipPart part, package.archive.part(package.styles_part));
    CHECK(read_xml(part, reader));
    package.formats = std::move(reader.formats);
  }
  if (package.archive.contains(package.texts_part)) {
    SharedTextReader reader(package.texts, package.limits.cell_bytes);
    TRY(ZipPart part, package.archive.part(package.texts_part));
    CHECK(read_xml(part, reader));
  }
  return {};
}

}  // namespace assay
