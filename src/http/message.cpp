#include "http/message.h"

#include <algorithm>

#include "base/text.h"
#include "http/multipart.h"

namespace assay {
namespace {

char lower_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view find_header(const Fields& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (equal_ignoring_case(key, name)) return value;
  }
  return {};
}

// A multipart body that lies in memory: tests and internal calls. The server streams it instead.
class FieldCollector : public MultipartSink {
 public:
  Result<void> begin(const PartHead& head) override {
    is_file_ = head.file_name.has_value();
    if (!is_file_) fields.emplace_back(head.name, "");
    return {};
  }
  Result<void> data(std::string_view bytes) override {
    if (!is_file_) fields.back().second += bytes;
    return {};
  }
  Result<void> end() override {
    if (!is_file_ && !is_utf8(fields.back().second))
      return fail({{fields.back().first, "valid UTF-8 was expected", ""}}, "The form is not valid UTF-8.");
    return {};
  }
  Fields fields;

 private:
  bool is_file_ = false;
};

Result<Form> multipart_form(const Request& request) {
  if (request.body.empty()) return Form{request.parts};
  TRY(std::string boundary, multipart_boundary(request.header("Content-Type")));
  FieldCollector collector;
  MultipartParser parser(boundary, collector);
  CHECK(parser.feed(request.body));
  CHECK(parser.finish());
  return Form{std::move(collector.fields)};
}

// The q-value of one Accept-Encoding item is zero: "q=0", "q=0.0".
bool is_refused(std::string_view parameters) {
  std::string_view text = trim(parameters);
  if (text.size() < 3 || lower_char(text[0]) != 'q' || text[1] != '=') return false;
  return text.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

VanishingFile::~VanishingFile() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower_char(x) == lower_char(y); });
}

Result<void> Request::set_target(std::string new_target) {
  if (!new_target.starts_with('/') || new_target.find('#') != std::string::npos)
    return fail({{"address", "an address that begins with / was expected", shorten(new_target, 80)}},
                "The address is malformed.");
  std::size_t mark = new_target.find('?');
  std::string_view tail =
      mark == std::string::npos ? std::string_view() : std::string_view(new_target).substr(mark + 1);
  auto pairs = parse_pairs(tail);
  if (!pairs)
    return fail({{"query", "percent-encoded UTF-8 was expected", shorten(tail, 80)}}, "The address is malformed.");
  query = *std::move(pairs);
  path = new_target.substr(0, mark);
  target = std::move(new_target);
  return {};
}

std::string_view Request::header(std::string_view name) const { return find_header(headers, name); }

std::string_view Request::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (!equal_ignoring_case(key, "Cookie")) continue;
    for (std::string_view piece : split(value, ';')) {
      piece = trim(piece);
      if (piece.size() > name.size() && piece.starts_with(name) && piece[name.size()] == '=')
        return piece.substr(name.size() + 1);
    }
  }
  return {};
}

std::string_view Request::param(std::string_view name) const {
  auto it = params.find(name);
  return it == params.end() ? std::string_view() : std::string_view(it->second);
}

std::string Request::content_type() const {
  std::string_view value = header("Content-Type");
  return lower(trim(value.substr(0, value.find(';'))));
}

Result<Form> Request::form() const {
  std::string type = content_type();
  if (type == "multipart/form-data") return multipart_form(*this);
  if (type != "application/x-www-form-urlencoded" && !(type.empty() && body.empty()))
    return fail({{"Content-Type", "a submitted form was expected", shorten(type, 80)}}, "This is not a form.");
  auto pairs = parse_pairs(body);
  if (!pairs) return fail({{"form", "percent-encoded UTF-8 was expected", ""}}, "The form is malformed.");
  return Form{*std::move(pairs)};
}

bool Request::is_htmx() const {
  return header("HX-Request") == "true" && header("HX-History-Restore-Request") != "true";
}

bool Request::accepts_encoding(std::string_view coding) const {
  for (std::string_view item : split(header("Accept-Encoding"), ',')) {
    std::size_t mark = item.find(';');
    if (!equal_ignoring_case(trim(item.substr(0, mark)), coding)) continue;
    return mark == std::string_view::npos || !is_refused(item.substr(mark + 1));
  }
  return false;
}

Request make_request(std::string method, std::string target) {
  Request request;
  request.method = std::move(method);
  if (!request.set_target(target)) request.target = request.path = std::move(target);
  request.remote = "127.0.0.1";
  request.request_id = "test";
  return request;
}

Response& Response::set_header(std::string_view name, std::string value) {
  std::erase_if(headers, [&](const auto& header) { return equal_ignoring_case(header.first, name); });
  return add_header(name, std::move(value));
}

Response& Response::add_header(std::string_view name, std::string value) {
  headers.emplace_back(name, std::move(value));
  return *this;
}

std::string_view Response::header(std::string_view name) const { return find_header(headers, name); }

Response Response::of(std::string_view content_type, std::string body, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.add_header("Content-Type", std::string(content_type));
  return response;
}

Response Response::html(std::string body, int status) {
  return of("text/html; charset=utf-8", std::move(body), status);
}
Response Response::json(std::string body, int status) { return of("application/json", std::move(body), status); }
Response Response::text(std::string body, int status) {
  return of("text/plain; charset=utf-8", std::move(body), status);
}
Response Response::not_found(std::string message) { return text(std::move(message), 404); }

Response Response::redirect(std::string location, int status) {
  Response response;
  response.status = status;
  response.add_header("Location", std::move(location));
  return response;
}

Response Response::no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response Response::failure(const Error& error) {
  if (error.kind == ErrorKind::internal) return text("Internal error.", 500);
  return text(error.text(), status_of(error.kind));
}

Response Response::streaming(std::string_view content_type, std::function<bool(std::string&)> next) {
  Response response = of(content_type, "");
  response.stream = std::move(next);
  return response;
}

Response Response::download(std::filesystem::path file, std::string_view name, std::string_view content_type) {
  Response response = of(content_type, "");
  response.file = std::move(file);
  response.add_header("Content-Disposition", content_disposition("attachment", name));
  return response;
}

Response Response::download(std::shared_ptr<VanishingFile> file, std::string_view name, std::string_view content_type) {
  Response response = download(file->path(), name, content_type);
  response.keep_alive = std::move(file);
  return response;
}

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::not_found: return 404;
    case ErrorKind::forbidden: return 403;
    case ErrorKind::invalid: return 422;
    case ErrorKind::conflict: return 409;
    case ErrorKind::unauthenticated: return 401;
    case ErrorKind::limit: return 429;
    case ErrorKind::internal: return 500;
  }
  return 500;
}

std::string_view reason_phrase(int status) {
  static constexpr std::pair<int, std::string_view> phrases[] = {{200, "OK"},
                                                                 {201, "Created"},
                                                                 {202, "Accepted"},
                                                                 {204, "No Content"},
                                                                 {206, "Partial Content"},
                                                                 {301, "Moved Permanently"},
                                                                 {302, "Found"},
                                                                 {303, "See Other"},
                                                                 {304, "Not Modified"},
                                                                 {307, "Temporary Redirect"},
                                                                 {308, "Permanent Redirect"},
                                                                 {400, "Bad Request"},
                                                                 {401, "Unauthorized"},
                                                                 {403, "Forbidden"},
                                                                 {404, "Not Found"},
                                                                 {405, "Method Not Allowed"},
                                                                 {406, "Not Acceptable"},
                                                                 {408, "Request Timeout"},
                                                                 {409, "Conflict"},
                                                                 {410, "Gone"},
                                                                 {411, "Length Required"},
                                                                 {412, "Precondition Failed"},
                                                                 {413, "Content Too Large"},
                                                                 {414, "URI Too Long"},
                                                                 {415, "Unsupported Media Type"},
                                                                 {417, "Expectation Failed"},
                                                                 {421, "Misdirected Request"},
                                                                 {422, "Unprocessable Content"},
                                                                 {428, "Precondition Required"},
                                                                 {429, "Too Many Requests"},
                                                                 {431, "Request Header Fields Too Large"},
                                                                 {500, "Internal Server Error"},
                                                                 {501, "Not Implemented"},
                                                                 {503, "Service Unavailable"},
                                                                 {505, "HTTP Version Not Supported"},
                                                                 {507, "Insufficient Storage"}};
  for (const auto& [code, phrase] : phrases) {
    if (code == status) return phrase;
  }
  return "Status";
}

std::string content_disposition(std::string_view kind, std::string_view file_name) {
  std::string plain;
  bool all_ascii = true;
  for (char c : file_name) {
    auto byte = static_cast<unsigned char>(c);
    all_ascii = all_ascii && byte < 0x80;
    bool fits = byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\' && c != '%' && c != '/';
    plain += fits ? c : '_';
  }
  std::string out = std::string(kind) + "; filename=\"" + plain + "\"";
  if (!all_ascii || plain != file_name) out += "; filename*=UTF-8''" + percent_encode(file_name);
  return out;
}

}  // namespace assay
