// What a handler receives and what it answers. Plain values: no socket, no library behind them, so pages are tested
// without a server.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/event_hub.h"
#include "http/url.h"

namespace assay {

// A file on disk that vanishes with its last owner, unless it was moved elsewhere meanwhile.
class VanishingFile {
 public:
  explicit VanishingFile(std::filesystem::path path) : path_(std::move(path)) {}
  VanishingFile(const VanishingFile&) = delete;
  VanishingFile& operator=(const VanishingFile&) = delete;
  ~VanishingFile();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A file that came with a form. To keep it, move or copy it from `path` before the last copy of the request goes away.
struct UploadedFile {
  std::string field;  // name of the input
  // File name as the person had it, without folders and control characters; never used as a path.
  std::string name;
  std::string content_type;  // what the client claims
  std::uint64_t size = 0;
  std::filesystem::path path = {};
  std::shared_ptr<const VanishingFile> owner = {};  // removes `path`
};

// The text fields of a submitted form.
struct Form {
  Fields fields;
  std::string_view value(std::string_view name) const { return value_of(fields, name); }
  std::vector<std::string_view> values(std::string_view name) const { return values_of(fields, name); }
  bool has(std::string_view name) const { return has_field(fields, name); }
};

struct Request {
  std::string method;  // "GET", as sent
  std::string target;  // "/r/risk?q=a%20b", as sent
  std::string path;    // "/r/risk", still percent-encoded
  Fields query;        // decoded
  Fields headers;      // in order of arrival
  std::string body;    // empty for multipart/form-data, whose parts are in `parts` and `files`
  Fields parts;        // text fields of multipart/form-data
  std::vector<UploadedFile> files;
  // Address of who asks: "192.0.2.7", "2001:db8::1"; behind a trusted proxy the one it names.
  std::string remote;
  bool https = false;                                      // a trusted proxy says that it was asked by https
  std::string request_id;                                  // also sent back as X-Request-Id and written to the log
  std::map<std::string, std::string, std::less<>> params;  // decoded values of {name} in the route

  // Sets target, path and query. `invalid` when the target has no leading '/' or does not decode.
  Result<void> set_target(std::string new_target);

  // Case-insensitive; the first one counts; empty when missing. Views live as long as the request.
  std::string_view header(std::string_view name) const;
  std::string_view cookie(std::string_view name) const;
  std::string_view param(std::string_view name) const;
  std::string_view query_value(std::string_view name) const { return value_of(query, name); }
  std::vector<std::string_view> query_values(std::string_view name) const { return values_of(query, name); }
  bool has_query(std::string_view name) const { return has_field(query, name); }

  // Media type of the body in lower case, without parameters: "application/json".
  std::string content_type() const;
  // The submitted fields, urlencoded or multipart. `invalid` when the body is neither, or malformed, or not UTF-8.
  Result<Form> form() const;
  // A fragment is wanted, not a page. A history restore by htmx wants the page.
  bool is_htmx() const;
  // Whether Accept-Encoding names this coding and does not forbid it with q=0.
  bool accepts_encoding(std::string_view coding) const;
};

// For tests and internal calls: a request without body.
Request make_request(std::string method, std::string target);

// Exactly one body is sent, the first that is set of: events, stream, file, shared_body, static_body, body.
struct Response {
  int status = 200;
  Fields headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // a cached page: sent without a copy
  std::string_view static_body;                    // memory that outlives the server: embedded assets
  // Called on a worker for one chunk after another, as fast as the peer reads; false after the last chunk. If it
  // throws, the connection is cut, so that the peer cannot take half an export for a whole one.
  std::function<bool(std::string& chunk)> stream;
  std::shared_ptr<EventSubscription> events;  // sent as they come until the peer leaves or the subscription is over
  std::filesystem::path file;                 // sent piece by piece, never loaded as a whole
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> length;  // to the end of the file when unset
  std::shared_ptr<void> keep_alive;     // whatever must outlive the sending, e.g. the VanishingFile behind `file`

  // Control characters in a value are replaced by spaces when it is sent: a header cannot be split.
  Response& set_header(std::string_view name, std::string value);  // replaces
  Response& add_header(std::string_view name, std::string value);  // Set-Cookie
  std::string_view header(std::string_view name) const;

  static Response html(std::string body, int status = 200);
  static Response json(std::string body, int status = 200);
  static Response text(std::string body, int status = 200);
  static Response of(std::string_view content_type, std::string body, int status = 200);
  static Response redirect(std::string location, int status = 303);  // `location` percent-encoded
  static Response no_content();
  static Response not_found(std::string message = "Not found.");
  static Response failure(const Error& error);  // status_of(kind) and the message as text; internal ones stay hidden
  static Response streaming(std::string_view content_type, std::function<bool(std::string&)> next);
  // Always as an attachment: what people uploaded is never rendered in our origin.
  static Response download(std::filesystem::path file, std::string_view name, std::string_view content_type);
  // The same for a file that was made for this answer and goes away once it is sent.
  static Response download(std::shared_ptr<VanishingFile> file, std::string_view name, std::string_view content_type);
};

// 404, 403, 422, 409, 401, 429, 500.
int status_of(ErrorKind kind);
std::string_view reason_phrase(int status);
// attachment; filename="ascii"; filename*=UTF-8''…
std::string content_disposition(std::string_view kind, std::string_view file_name);
bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace assay
