#include "kernel/exchange/sniff.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "kernel/exchange/text_encoding.h"

namespace assay {
namespace {

constexpr std::string_view unknown = "application/octet-stream";
constexpr std::string_view docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

struct Known {
  std::string_view key, media_type;
};

constexpr auto magic_numbers = std::to_array<Known>({
    {"%PDF-", "application/pdf"},
    {"\x89PNG\r\n\x1A\n", "image/png"},
    {"\xFF\xD8\xFF", "image/jpeg"},
    {"GIF87a", "image/gif"},
    {"GIF89a", "image/gif"},
    {"\x1F\x8B", "application/gzip"},
});

constexpr auto office_folders = std::to_array<Known>({{"word/", docx}, {"xl/", xlsx_media_type}, {"ppt/", pptx}});
constexpr auto office_names = std::to_array<Known>({{".docx", docx}, {".xlsx", xlsx_media_type}, {".pptx", pptx}});
constexpr auto old_office_names = std::to_array<Known>({
    {".msg", "application/vnd.ms-outlook"},
    {".doc", "application/msword"},
    {".xls", "application/vnd.ms-excel"},
    {".ppt", "application/vnd.ms-powerpoint"},
});
constexpr auto markup_names = std::to_array<Known>({
    {".html", "text/html"},
    {".htm", "text/html"},
    {".xhtml", "text/html"},
    {".svg", "image/svg+xml"},
    {".xml", "application/xml"},
});
constexpr auto text_names = std::to_array<Known>({
    {".csv", "text/csv"},
    {".tsv", "text/csv"},
    {".md", "text/markdown"},
    {".markdown", "text/markdown"},
    {".json", "application/json"},
    {".eml", "message/rfc822"},
    {".txt", "text/plain"},
    {".log", "text/plain"},
});

template <std::size_t count>
std::string_view by_ending(const std::array<Known, count>& list, std::string_view lower_name) {
  for (const Known& known : list) {
    if (lower_name.ends_with(known.key)) return known.media_type;
  }
  return {};
}

// Office files are ZIP files with [Content_Types].xml and a folder that tells the program.
std::string_view zip_type(std::string_view bytes, std::string_view lower_name) {
  constexpr std::string_view local_header = "PK\x03\x04";
  constexpr std::size_t name_length_at = 26, name_at = 30;
  bool content_types = false;
  std::string_view folder_type;
  for (std::size_t at = bytes.find(local_header); at != std::string_view::npos; at = bytes.find(local_header, at + 4)) {
    std::string_view header = bytes.substr(at);
    if (header.size() <= name_at) break;
    std::size_t length = static_cast<unsigned char>(header[name_length_at]) +
                         256U * static_cast<unsigned char>(header[name_length_at + 1]);
    std::string_view name = header.substr(name_at, length);
    content_types = content_types || name == "[Content_Types].xml";
    for (const Known& known : office_folders) {
      if (name.starts_with(known.key) && folder_type.empty()) folder_type = known.media_type;
    }
  }
  if (!content_types) return "application/zip";
  if (!folder_type.empty()) return folder_type;
  std::string_view named = by_ending(office_names, lower_name);
  return named.empty() ? "application/zip" : named;
}

std::string_view old_office_type(std::string_view bytes, std::string_view lower_name) {
  using namespace std::string_view_literals;
  constexpr auto outlook_stream = "_\0_\0n\0a\0m\0e\0i\0d\0_\0v\0e\0r\0s\0i\0o\0n"sv;  // a storage every .msg file has
  if (bytes.contains(outlook_stream)) return "application/vnd.ms-outlook";
  std::string_view named = by_ending(old_office_names, lower_name);
  return named.empty() ? "application/x-ole-storage" : named;
}

std::string_view iso_media_type(std::string_view bytes) {
  std::string_view brand = bytes.substr(8, 4);
  if (brand == "heic" || brand == "heix" || brand == "mif1") return "image/heic";
  if (brand == "avif") return "image/avif";
  if (brand == "qt  ") return "video/quicktime";
  return brand == "M4A " ? "audio/mp4" : "video/mp4";
}

std::string_view binary_type(std::string_view bytes, std::string_view lower_name) {
  for (const Known& known : magic_numbers) {
    if (bytes.starts_with(known.key)) return known.media_type;
  }
  if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP") return "image/webp";
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return zip_type(bytes, lower_name);
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return old_office_type(bytes, lower_name);
  if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp") return iso_media_type(bytes);
  return {};
}

bool is_control(char c) {
  auto byte = static_cast<unsigned char>(c);
  constexpr std::string_view allowed = "\t\n\r\f\x1B";  // ESC: coloured logs
  return byte < 0x20 && !allowed.contains(c);
}

// The bytes end anywhere, perhaps within a character.
bool is_utf8_start(std::string_view text) {
  std::size_t lead = text.size();  // of the last character
  for (std::size_t back = 1; back <= 3 && back <= text.size() && lead == text.size(); ++back) {
    if (static_cast<unsigned char>(text[text.size() - back]) >= 0xC2) lead = text.size() - back;
  }
  bool cut = lead < text.size() && !is_utf8(text.substr(lead));
  auto is_tail = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  if (!cut) return is_utf8(text);
  auto first = static_cast<unsigned char>(text[lead]);
  std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  return text.size() - lead < length && std::ranges::all_of(text.substr(lead + 1), is_tail) &&
         is_utf8(text.substr(0, lead));
}

// White space, XML declarations and comments come before what tells the kind of markup.
std::string_view skip_prolog(std::string_view text) {
  for (;;) {
    text = trim(text);
    std::string_view end;
    if (text.starts_with("<?")) end = "?>";
    else if (text.starts_with("<!--")) end = "-->";
    else return text;
    std::size_t at = text.find(end);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + end.size());
  }
}

// Type of a text that begins with '<'; empty when it is no markup.
std::string_view markup_type(std::string_view text, std::string_view lower_name) {
  bool declared = text.starts_with("<?xml");
  std::string start = lower(skip_prolog(text).substr(0, 1024));
  auto begins = [&](std::string_view tag) {
    return start.starts_with(tag) &&
           (start.size() == tag.size() || !((start[tag.size()] >= 'a' && start[tag.size()] <= 'z')));
  };
  constexpr auto html_tags = std::to_array<std::string_view>(
      {"<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<style", "<title",
       "<table",         "<div",  "<p",    "<a",    "<b",      "<br",     "<h1",    "<font",
       "<img",           "<form", "<meta", "<link", "<object", "<embed",  "<base"});
  if (begins("<svg") || begins("<!doctype svg")) return "image/svg+xml";
  if (std::ranges::any_of(html_tags, begins)) return "text/html";
  std::string_view named = by_ending(markup_names, lower_name);
  if (!named.empty()) return named;
  if (start.contains("<svg")) return "image/svg+xml";
  if (start.contains("<html") || start.contains("<script")) return "text/html";
  return declared ? "application/xml" : std::string_view{};
}

bool looks_like_json(std::string_view text) {
  char first = text[0];
  std::string_view rest = trim(text.substr(1));
  if (first == '{') return rest.starts_with('"') || rest.starts_with('}');
  if (first != '[' || rest.empty()) return false;
  return std::string_view("{[\"]-0123456789").contains(rest[0]) || rest.starts_with("true") ||
         rest.starts_with("false") || rest.starts_with("null");
}

// A mail begins with header lines; two that only mails have are proof enough.
bool looks_like_mail(std::string_view text) {
  constexpr auto headers = std::to_array<std::string_view>(
      {"received:", "return-path:", "delivered-to:", "message-id:", "mime-version:", "from:", "to:", "subject:",
       "date:", "dkim-signature:", "x-mailer:", "content-type:"});
  int found = 0;
  for (std::string_view line : split(text.substr(0, 4096), '\n')) {
    if (trim(line).empty()) break;
    bool continued = line[0] == ' ' || line[0] == '\t';
    std::string start = lower(line.substr(0, 20));
    bool known = std::ranges::any_of(headers, [&](std::string_view header) { return start.starts_with(header); });
    std::size_t colon = line.find(':');
    if (!known && !continued && (colon == std::string_view::npos || line.substr(0, colon).contains(' '))) return false;
    if (known) ++found;
  }
  return found >= 3;
}

std::string_view text_type(std::string_view text, std::string_view lower_name) {
  std::string_view start = trim(text);
  if (start.starts_with('<')) {
    std::string_view markup = markup_type(start, lower_name);
    if (!markup.empty()) return markup;
  }
  // Named as something that runs: treated as such, whatever it begins with.
  std::string_view markup_name = by_ending(markup_names, lower_name);
  if (markup_name == "text/html" || markup_name == "image/svg+xml") return markup_name;
  std::string_view named = by_ending(text_names, lower_name);
  if (!named.empty() && named != "application/json") return named;
  if (!start.empty() && looks_like_json(start)) return "application/json";
  return looks_like_mail(text) ? "message/rfc822" : "text/plain";
}

}  // namespace

std::string_view sniff_media_type(std::string_view first_bytes, std::string_view file_name) {
  std::string name = lower(file_name);
  std::string_view binary = binary_type(first_bytes, name);
  if (!binary.empty()) return binary;
  std::string storage;
  bool utf16 = first_bytes.starts_with("\xFF\xFE") || first_bytes.starts_with("\xFE\xFF");
  std::string_view text = first_bytes;
  if (utf16) {
    std::size_t whole_units = first_bytes.size() / 2 * 2;
    auto decoded = decode_text(first_bytes.substr(0, whole_units), storage);
    if (!decoded && whole_units > 2)
      decoded = decode_text(first_bytes.substr(0, whole_units - 2), storage);  // cut in a pair
    if (!decoded) return unknown;
    text = *decoded;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (std::ranges::any_of(text, is_control)) return unknown;
  bool says_text = !by_ending(text_names, name).empty() || !by_ending(markup_names, name).empty();
  if (!is_utf8_start(text) && !says_text) return unknown;
  return text_type(text, name);
}

bool may_show_inline(std::string_view media_type) {
  constexpr auto shown =
      std::to_array<std::string_view>({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf",
                                       "text/plain", "text/markdown", "text/csv", "application/json"});
  return std::ranges::find(shown, media_type) != shown.end();
}

}  // namespace assay
