#include "http/request_reader.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "base/text.h"
#include "http/on_worker.h"
#include "http/upload.h"

namespace assay {
namespace {

namespace http = boost::beast::http;
constexpr std::size_t read_size = 64 * 1024;
constexpr std::size_t upload_chunk = 256 * 1024;  // one visit to a worker for so many bytes
constexpr std::size_t max_headers = 100;

std::size_t count_headers(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(request.headers.begin(), request.headers.end(),
                    [&](const auto& header) { return equal_ignoring_case(header.first, name); }));
}

// RFC 9112 3.2.2: "GET http://host/path" must be understood; the authority is then the Host header's business.
std::string origin_form(std::string target) {
  std::size_t scheme = target.find("://");
  bool absolute = lower(target.substr(0, 7)) == "http://" || lower(target.substr(0, 8)) == "https://";
  if (!absolute) return target;
  std::size_t slash = target.find_first_of("/?", scheme + 3);
  if (slash == std::string::npos) return "/";
  std::string rest = target.substr(slash);
  return rest.starts_with('/') ? rest : "/" + rest;
}

}  // namespace

RequestReader::RequestReader(Session& session) : session_(session) {
  // The parser's own limit would refuse before the plan is asked; read_body() counts.
  parser_.body_limit(boost::none);
  parser_.header_limit(static_cast<std::uint32_t>(session.core_.options.header_limit));
}

bool RequestReader::refuse(int status, std::string message) {
  refusal = {status, std::move(message)};
  return true;
}

bool RequestReader::refuse(const Error& error) {
  if (error.kind == ErrorKind::limit) return refuse(413, error.message);
  if (error.kind == ErrorKind::invalid) return refuse(400, error.message);
  problem = error.text();
  return refuse(500, "Internal error.");
}

bool RequestReader::on_read_error(const boost::system::error_code& ec, int too_large) {
  if (session_.timed_out_) return refuse(408, "The request took too long to arrive.");
  if (ec == http::error::header_limit || ec == http::error::buffer_overflow)
    return refuse(too_large, "The header of the request is too large.");
  bool left = ec == http::error::end_of_stream || ec == http::error::partial_message;
  bool is_malformed = !left && ec.category() == make_error_code(http::error::bad_method).category();
  if (is_malformed) return refuse(400, "The request is malformed.");
  return false;
}

net::awaitable<bool> RequestReader::read_head() {
  boost::system::error_code ec;
  session_.expire_after(session_.core_.options.header_deadline);
  co_await http::async_read_header(session_.socket_, session_.buffer_, parser_,
                                   net::redirect_error(net::use_awaitable, ec));
  session_.never_expire();
  request.remote = session_.remote_;
  if (ec) co_return on_read_error(ec, 431);
  take_head();
  co_return true;
}

void RequestReader::take_head() {
  const auto& message = parser_.get();
  http10 = message.version() < 11;
  keep = message.keep_alive();
  request.method = std::string(message.method_string());
  for (const auto& field : message)
    request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  std::string target = origin_form(std::string(message.target()));
  if (auto set = request.set_target(target); !set) {
    request.target = std::move(target);
    refuse(400, set.error().message);
    return;
  }
  check_head();
}

void RequestReader::check_head() {
  std::size_t hosts = count_headers(request, "Host");
  if (hosts > 1 || (hosts == 0 && !http10)) {
    refuse(400, "One Host header was expected.");
  } else if (request.headers.size() > max_headers) {
    refuse(431, "The request has too many headers.");
  } else if (count_headers(request, "Transfer-Encoding") > 0) {
    // Anything but exactly "chunked" could be understood differently by a proxy in front of us.
    bool plain = count_headers(request, "Transfer-Encoding") == 1 && count_headers(request, "Content-Length") == 0 &&
                 equal_ignoring_case(trim(request.header("Transfer-Encoding")), "chunked") && !http10;
    if (!plain) refuse(400, "Transfer-Encoding: chunked was expected.");
  }
}

net::awaitable<void> RequestReader::ask_plan() {
  auto ask = [this]() noexcept {
    try {
      plan_ = session_.core_.hooks.plan(request);
    } catch (const std::exception& error) {
      problem = error.what();
      refuse(500, "Internal error.");
    } catch (...) {
      problem = "unknown exception";
      refuse(500, "Internal error.");
    }
  };
  co_await on_worker(session_.core_.workers, ask);
}

net::awaitable<bool> RequestReader::read_body() {
  if (session_.core_.hooks.plan) co_await ask_plan();
  if (refusal) co_return true;
  if (plan_.refuse) {
    answer = std::move(plan_.refuse);
    co_return true;
  }
  const ServerOptions& options = session_.core_.options;
  if (!plan_.max_body) plan_.max_body = plan_.uploads ? options.upload_limit : options.body_limit;
  auto length = parser_.content_length();
  if (length && *length > plan_.max_body) co_return refuse(413, "The request is too large.");
  bool readable = co_await answer_expectation();
  if (!readable || refusal) co_return readable;
  session_.buffer_.reserve(read_size);  // it would grow from 512 bytes, one small read after another
  body_began_ = std::chrono::steady_clock::now();
  bool multipart = request.content_type() == "multipart/form-data";
  if (multipart) co_return co_await read_multipart();
  co_return co_await read_plain();
}

net::awaitable<bool> RequestReader::answer_expectation() {
  std::string_view expectation = request.header("Expect");
  if (expectation.empty() || http10) co_return true;
  if (!equal_ignoring_case(expectation, "100-continue")) co_return refuse(417, "This expectation cannot be met.");
  if (session_.buffer_.size() > 0) co_return true;  // the body is on its way already
  static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
  boost::system::error_code ec;
  session_.expire_after(session_.core_.options.write_idle);
  co_await net::async_write(session_.socket_, net::buffer(line), net::redirect_error(net::use_awaitable, ec));
  session_.never_expire();
  co_return !ec;
}

// Reads until `chunk` holds `capacity` bytes or the body ends.
net::awaitable<bool> RequestReader::fill(std::string& chunk, std::size_t capacity) {
  const ServerOptions& options = session_.core_.options;
  chunk.resize(capacity);
  auto& body = parser_.get().body();
  body.data = chunk.data();
  body.size = capacity;
  body.more = true;
  boost::system::error_code ec;
  while (!parser_.is_done() && body.size > 0) {
    // A body may neither pause nor trickle: both deadlines hold, whichever comes first.
    auto idle_end = std::chrono::steady_clock::now() + options.body_idle;
    auto earned = std::chrono::milliseconds(received_ * 1000 / std::max<std::uint64_t>(options.min_body_rate, 1));
    session_.expire_at(std::min(idle_end, body_began_ + options.body_idle + earned));
    std::size_t before = body.size;
    co_await http::async_read_some(session_.socket_, session_.buffer_, parser_,
                                   net::redirect_error(net::use_awaitable, ec));
    session_.never_expire();
    received_ += before - body.size;
    if (received_ > plan_.max_body) co_return refuse(413, "The request is too large.");
    if (ec && ec != http::error::need_buffer) co_return on_read_error(ec, 400);
    ec = {};
  }
  chunk.resize(capacity - body.size);
  co_return true;
}

net::awaitable<bool> RequestReader::read_plain() {
  auto length = parser_.content_length();
  std::size_t capacity = length ? static_cast<std::size_t>(std::min<std::uint64_t>(*length, read_size)) : read_size / 4;
  std::string chunk;
  while (!parser_.is_done()) {
    bool there = co_await fill(chunk, std::max<std::size_t>(capacity, 1));
    if (!there || refusal) co_return there;
    request.body += chunk;
  }
  co_return true;
}

net::awaitable<bool> RequestReader::read_multipart() {
  auto boundary = multipart_boundary(request.header("Content-Type"));
  if (!boundary) co_return refuse(boundary.error());
  const ServerOptions& options = session_.core_.options;
  std::uint64_t text_limit = std::min(plan_.max_body, std::max(options.body_limit, plan_.uploads ? 0 : plan_.max_body));
  UploadCollector collector(options.temp_folder, text_limit, plan_.uploads);
  MultipartParser multipart(*boundary, collector);
  std::string chunk;
  Result<void> went;
  auto feed = [&]() noexcept {
    try {
      went = multipart.feed(chunk);
      if (went && parser_.is_done()) went = multipart.finish();
    } catch (const std::exception& error) {
      went = fail(ErrorKind::internal, error.what());
    }
  };
  while (!parser_.is_done()) {
    bool there = co_await fill(chunk, upload_chunk);
    if (!there || refusal) co_return there;
    co_await on_worker(session_.core_.workers, feed);
    if (!went) co_return refuse(went.error());
  }
  collector.move_into(request);
  co_return true;
}

}  // namespace assay
