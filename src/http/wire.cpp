#include "http/wire.h"

#include <algorithm>
#include <ctime>

namespace assay {
namespace {

// The text changes once a second; each thread keeps its own copy.
const std::string& http_date() {
  thread_local std::time_t last = 0;
  thread_local std::string text;
  std::time_t now = std::time(nullptr);
  if (now != last) {
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char rest[64];
    // %a and %b would depend on the locale.
    std::size_t count = std::strftime(rest, sizeof rest, " %Y %H:%M:%S GMT", &utc);
    std::string day = std::to_string(utc.tm_mday);
    text = std::string(days[utc.tm_wday]) + ", " + (day.size() < 2 ? "0" : "") + day + " " + months[utc.tm_mon];
    text.append(rest, count);
    last = now;
  }
  return text;
}

bool is_ours(std::string_view name) {
  for (std::string_view own : {"Content-Length", "Transfer-Encoding", "Connection", "Date", "X-Request-Id"}) {
    if (equal_ignoring_case(name, own)) return true;
  }
  return false;
}

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  std::size_t begin = out.size();
  out += value;
  for (std::size_t i = begin; i < out.size(); ++i) {
    if (static_cast<unsigned char>(out[i]) < 0x20 || out[i] == 0x7F) out[i] = ' ';
  }
  out += "\r\n";
}

}  // namespace

bool is_bodiless(int status) { return status < 200 || status == 204 || status == 304; }

std::string response_head(const Response& response, const Framing& framing, const std::string& request_id) {
  std::string out;
  out.reserve(1024);
  out += "HTTP/1.1 ";
  out += std::to_string(response.status);
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\n";
  for (const auto& [name, value] : response.headers) {
    if (is_token(name) && !is_ours(name)) append_header(out, name, value);
  }
  append_header(out, "Date", http_date());
  if (!request_id.empty()) append_header(out, "X-Request-Id", request_id);
  if (!framing.keep) append_header(out, "Connection", "close");
  if (framing.chunked) append_header(out, "Transfer-Encoding", "chunked");
  if (framing.length) append_header(out, "Content-Length", std::to_string(*framing.length));
  out += "\r\n";
  return out;
}

}  // namespace assay
