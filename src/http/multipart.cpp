#include "http/multipart.h"

#include <algorithm>

#include "base/text.h"
#include "http/url.h"

namespace assay {
namespace {

Failure malformed(std::string what) { return fail({{"form", std::move(what), ""}}, "The uploaded form is malformed."); }

// The characters RFC 2046 allows in a boundary.
bool is_boundary_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

// Splits "form-data; name=\"a\"; filename=\"b\"" into its first word and parameters. Inside quotes a backslash escapes
// a quote or a backslash (curl) and is itself otherwise (old browsers send C:\dir\file). Nothing when malformed.
class HeaderValue {
 public:
  static std::optional<HeaderValue> parse(std::string_view text) {
    HeaderValue value;
    std::size_t semicolon = text.find(';');
    value.word = lower(trim(text.substr(0, semicolon)));
    std::string_view rest = semicolon == std::string_view::npos ? std::string_view() : text.substr(semicolon);
    while (!(rest = trim(rest)).empty()) {
      if (rest.front() != ';') return std::nullopt;
      rest = trim(rest.substr(1));
      if (rest.empty()) break;
      if (!value.read_parameter(rest)) return std::nullopt;
    }
    return value;
  }

  std::string word;
  Fields parameters;

 private:
  bool read_parameter(std::string_view& rest) {
    std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return false;
    std::string name = lower(trim(rest.substr(0, equals)));
    rest = trim(rest.substr(equals + 1));
    std::string text;
    if (rest.starts_with('"')) {
      if (!read_quoted(rest, text)) return false;
    } else {
      std::size_t end = std::min(rest.find(';'), rest.size());
      text = trim(rest.substr(0, end));
      rest.remove_prefix(end);
    }
    if (name.empty() || has_field(parameters, name)) return false;
    parameters.emplace_back(std::move(name), std::move(text));
    return true;
  }

  static bool read_quoted(std::string_view& rest, std::string& text) {
    std::size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
      bool escapes = rest[at] == '\\' && at + 1 < rest.size() && (rest[at + 1] == '"' || rest[at + 1] == '\\');
      if (escapes) ++at;
      text += rest[at];
    }
    if (at >= rest.size()) return false;
    rest.remove_prefix(at + 1);
    return true;
  }
};

// Folders and control characters have no place in a file name; browsers write a quote as %22.
std::string plain_file_name(std::string_view sent) {
  std::string name = replace_all(sent, "%22", "\"");
  std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string::npos) name.erase(0, slash + 1);
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '_';
  }
  if (name == "." || name == "..") name = "_";
  return name;
}

Result<void> read_disposition(std::string_view text, PartHead& head) {
  auto value = HeaderValue::parse(text);
  if (!value || value->word != "form-data" || !has_field(value->parameters, "name"))
    return malformed("Content-Disposition: form-data; name=\"…\" was expected");
  head.name = value_of(value->parameters, "name");
  if (has_field(value->parameters, "filename"))
    head.file_name = plain_file_name(value_of(value->parameters, "filename"));
  if (!is_utf8(head.name) || !is_utf8(head.file_name.value_or(""))) return malformed("names in UTF-8 were expected");
  if (head.name.find('\0') != std::string::npos) return malformed("a name without NUL was expected");
  return {};
}

}  // namespace

Result<std::string> multipart_boundary(std::string_view content_type) {
  auto value = HeaderValue::parse(content_type);
  if (!value || value->word != "multipart/form-data")
    return malformed("Content-Type: multipart/form-data was expected");
  std::string boundary(value_of(value->parameters, "boundary"));
  bool usable = !boundary.empty() && boundary.size() <= 70 && boundary.back() != ' ' &&
                std::all_of(boundary.begin(), boundary.end(), is_boundary_char);
  if (!usable) return malformed("a boundary of 1 to 70 characters was expected");
  return boundary;
}

Result<PartHead> parse_part_head(std::string_view lines) {
  PartHead head;
  bool has_disposition = false;
  while (!lines.empty()) {
    std::size_t end = std::min(lines.find("\r\n"), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 2, lines.size()));
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return malformed("header lines in each part were expected");
    std::string name = lower(line.substr(0, colon));
    std::string_view value = trim(line.substr(colon + 1));
    if (name == "content-disposition") {
      if (has_disposition) return malformed("one Content-Disposition in each part was expected");
      CHECK(read_disposition(value, head));
      has_disposition = true;
    } else if (name == "content-type") {
      head.content_type = value;
    } else if (name == "content-transfer-encoding") {
      std::string coding = lower(value);  // RFC 7578 forbids base64 and quoted-printable here
      if (coding != "binary" && coding != "8bit" && coding != "7bit")
        return malformed("parts without transfer coding were expected");
    }
  }
  if (!has_disposition) return malformed("a Content-Disposition in each part was expected");
  if (head.content_type.empty()) head.content_type = "text/plain";
  return head;
}

MultipartParser::MultipartParser(std::string_view boundary, MultipartSink& sink, MultipartLimits limits)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(sink), limits_(limits), pending_("\r\n") {
  // The first boundary has no line end before it; with one put there, all boundaries look the same.
}

Result<void> MultipartParser::feed(std::string_view bytes) {
  if (error_) return std::unexpected(*error_);
  pending_ += bytes;
  for (;;) {
    Result<bool> went = step();
    if (!went) {
      state_ = State::failed;
      error_ = went.error();
      pending_.clear();
      return std::unexpected(*error_);
    }
    if (!*went) break;
  }
  pending_.erase(0, used_);
  used_ = 0;
  return {};
}

Result<void> MultipartParser::finish() {
  if (error_) return std::unexpected(*error_);
  if (state_ == State::epilogue) return {};
  auto failure = malformed("the closing boundary is missing: the upload was cut off");
  state_ = State::failed;
  error_ = failure.error();
  return failure;
}

Result<bool> MultipartParser::step() {
  switch (state_) {
    case State::preamble:
    case State::data: return read_content();
    case State::boundary: return read_boundary();
    case State::head: return read_head();
    case State::epilogue:  // what follows the closing boundary means nothing
      used_ = pending_.size();
      return false;
    case State::failed: break;
  }
  return false;
}

Result<void> MultipartParser::flush(std::size_t count) {
  std::size_t skipped = std::min(count, line_end_);
  line_end_ -= skipped;
  if (state_ == State::data && count > skipped)
    CHECK(sink_.data(std::string_view(pending_).substr(used_ + skipped, count - skipped)));
  used_ += count;
  return {};
}

Result<bool> MultipartParser::read_content() {
  std::size_t at = pending_.find(delimiter_, used_);
  if (at == std::string::npos) {
    // The delimiter may have begun in the last bytes: they wait for more.
    std::size_t left = pending_.size() - used_;
    if (left >= delimiter_.size()) CHECK(flush(left - (delimiter_.size() - 1)));
    return false;
  }
  CHECK(flush(at - used_));
  if (state_ == State::data) CHECK(sink_.end());
  used_ += delimiter_.size();
  state_ = State::boundary;
  return true;
}

Result<bool> MultipartParser::read_boundary() {
  while (used_ < pending_.size() && (pending_[used_] == ' ' || pending_[used_] == '\t')) ++used_;  // transport padding
  std::string_view rest = std::string_view(pending_).substr(used_);
  if (rest.size() < 2) {
    bool hopeful = rest.empty() || rest[0] == '-' || rest[0] == '\r';
    if (!hopeful) return malformed("a line end after the boundary was expected");
    return false;
  }
  if (rest.starts_with("--")) {
    state_ = State::epilogue;
  } else if (rest.starts_with("\r\n")) {
    if (++parts_ > limits_.max_parts) return fail(ErrorKind::limit, "The form has too many parts.");
    state_ = State::head;
  } else {
    return malformed("a line end after the boundary was expected");
  }
  used_ += 2;
  return true;
}

Result<bool> MultipartParser::read_head() {
  std::string_view rest = std::string_view(pending_).substr(used_);
  std::size_t end = rest.find("\r\n\r\n");
  bool too_long = end == std::string_view::npos ? rest.size() > limits_.max_head + 3 : end > limits_.max_head;
  if (too_long) return fail(ErrorKind::limit, "The header of a part is too long.");
  if (end == std::string_view::npos) return false;
  TRY(PartHead head, parse_part_head(rest.substr(0, end)));
  CHECK(sink_.begin(head));
  // The empty line's end stays: in a part without content it is already the beginning of the delimiter.
  used_ += end + 2;
  line_end_ = 2;
  state_ = State::data;
  return true;
}

}  // namespace assay
