// ZIP and XLSX files built in memory, well-formed or hostile, for tests and fuzz targets.
#pragma once

#include <zip.h>

#include <string>
#include <string_view>
#include <vector>

namespace assay::fixture {

struct ZipEntry {
  std::string name;
  std::string content;
};

inline std::string make_zip(const std::vector<ZipEntry>& entries, bool packed = true) {
  zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(memory);
  zip_t* archive = zip_open_from_source(memory, ZIP_TRUNCATE, nullptr);
  for (const ZipEntry& entry : entries) {
    zip_source_t* content = zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
    zip_int64_t index = zip_file_add(archive, entry.name.c_str(), content, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
  }
  zip_close(archive);
  zip_stat_t about;
  zip_source_stat(memory, &about);
  std::string out(about.size, '\0');
  zip_source_open(memory);
  zip_source_read(memory, out.data(), out.size());
  zip_source_close(memory);
  zip_source_free(memory);
  return out;
}

inline constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
inline constexpr std::string_view main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

struct XlsxSource {
  std::vector<std::string> sheets = {};            // whole worksheet parts
  std::string shared_texts = {};                   // inside of <sst>
  std::string styles = {};                         // inside of <styleSheet>
  std::string workbook_properties = {};            // e.g. <workbookPr date1904="1"/>
  std::vector<std::string> sheet_attributes = {};  // e.g. state="hidden"; shorter lists are fine
};

inline std::string worksheet(std::string_view rows) {
  return "<?xml version=\"1.0\"?><worksheet xmlns=\"" + std::string(main_namespace) + "\"><sheetData>" +
         std::string(rows) + "</sheetData></worksheet>";
}

inline std::vector<ZipEntry> xlsx_parts(const XlsxSource& source) {
  std::string sheets, links;
  std::string type = " Type=\"" + std::string(office) + "/";
  std::vector<ZipEntry> parts;
  for (std::size_t i = 0; i < source.sheets.size(); ++i) {
    std::string number = std::to_string(i + 1);
    std::string extra = i < source.sheet_attributes.size() ? source.sheet_attributes[i] : "";
    sheets +=
        "<sheet name=\"Sheet" + number + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\" " + extra + "/>";
    links +=
        "<Relationship Id=\"rId" + number + "\"" + type + "worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
    parts.push_back({"xl/worksheets/sheet" + number + ".xml", source.sheets[i]});
  }
  links += "<Relationship Id=\"t\"" + type + "sharedStrings\" Target=\"sharedStrings.xml\"/>";
  links += "<Relationship Id=\"s\"" + type + "styles\" Target=\"/xl/styles.xml\"/>";
  std::string xmlns = " xmlns=\"" + std::string(main_namespace) + "\"";
  parts.push_back({"_rels/.rels", "<Relationships><Relationship Id=\"r\"" + type +
                                      "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"});
  parts.push_back({"xl/workbook.xml", "<workbook" + xmlns + " xmlns:r=\"" + std::string(office) + "\">" +
                                          source.workbook_properties + "<sheets>" + sheets + "</sheets></workbook>"});
  parts.push_back({"xl/_rels/workbook.xml.rels", "<Relationships>" + links + "</Relationships>"});
  parts.push_back({"xl/sharedStrings.xml", "<sst" + xmlns + ">" + source.shared_texts + "</sst>"});
  parts.push_back({"xl/styles.xml", "<styleSheet" + xmlns + ">" + source.styles + "</styleSheet>"});
  return parts;
}

inline std::string make_xlsx(const XlsxSource& source, bool packed = true) {
  return make_zip(xlsx_parts(source), packed);
}

}  // namespace assay::fixture
