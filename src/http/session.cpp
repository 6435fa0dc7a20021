#include "http/session.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>

#include "http/on_worker.h"
#include "http/request_reader.h"
#include "http/response_writer.h"

namespace assay {
namespace {

constexpr std::size_t first_read = 8 * 1024;
constexpr std::size_t linger_budget = 16 * 1024 * 1024;
constexpr std::chrono::milliseconds linger_time{2000};

std::string hexadecimal(std::uint64_t value, int digits) {
  std::string text(static_cast<std::size_t>(digits), '0');
  for (auto it = text.rbegin(); it != text.rend(); ++it, value >>= 4U) *it = "0123456789abcdef"[value & 15U];
  return text;
}

}  // namespace

ServerCore::ServerCore(ServerOptions server_options, ServerHooks server_hooks)
    : options(std::move(server_options)), hooks(std::move(server_hooks)), workers(std::max(options.workers, 1U)) {
  std::random_device random;
  id_prefix_ = hexadecimal(random(), 8);
}

std::string ServerCore::next_request_id() { return id_prefix_ + hexadecimal(next_id_.fetch_add(1), 8); }

Response ServerCore::error_response(int status, const std::string& message, const std::string& request_id) const {
  try {
    if (hooks.error_page) return hooks.error_page(status, message, request_id);
  } catch (...) {
    // Whoever cannot draw the page gets the text.
  }
  std::string text = message;
  if (status == 500) text += " Request " + request_id;
  Response response = Response::text(text + "\n", status);
  response.add_header("Cache-Control", "no-store");
  return response;
}

Session::Session(net::ip::tcp::socket socket, ServerCore& core) : socket_(std::move(socket)), core_(core) {
  boost::system::error_code ec;
  auto peer = socket_.remote_endpoint(ec);
  if (ec) return;
  auto address = peer.address();
  bool mapped = address.is_v6() && address.to_v6().is_v4_mapped();
  remote_ = mapped ? net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string() : address.to_string();
}

net::awaitable<void> Session::run() {
  bool first = true;
  for (;;) {
    bool there = co_await wait_for_request(first);
    if (!there) break;
    bool again = co_await exchange();
    if (!again) break;
    first = false;
  }
  boost::system::error_code ignored;
  socket_.shutdown(net::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
}

// Apart from the header's deadline, because a connection may rest between two requests for longer than a header may
// take.
net::awaitable<bool> Session::wait_for_request(bool first) {
  if (core_.stopping) co_return false;
  if (buffer_.size() > 0) co_return true;  // pipelined
  boost::system::error_code ec;
  buffer_.reserve(first_read);
  idle_ = true;
  expire_after(first ? core_.options.header_deadline : core_.options.keep_alive);
  std::size_t got = co_await socket_.async_read_some(buffer_.prepare(std::min(first_read, buffer_.capacity())),
                                                     net::redirect_error(net::use_awaitable, ec));
  idle_ = false;
  never_expire();
  buffer_.commit(got);
  co_return !ec && got > 0;
}

net::awaitable<bool> Session::exchange() {
  RequestReader reader(*this);
  Request& request = reader.request;
  request.request_id = core_.next_request_id();
  bool there = co_await reader.read_head();
  if (!there) co_return false;
  auto began = std::chrono::steady_clock::now();
  if (!reader.refusal && core_.hooks.admit) reader.answer = core_.hooks.admit(request);
  if (!reader.refusal && !reader.answer && reader.has_body()) there = co_await reader.read_body();
  if (!there) co_return false;

  Response response;
  std::string problem = reader.problem;
  bool refused = reader.refusal || reader.answer;
  if (reader.refusal)
    response = core_.error_response(reader.refusal->status, reader.refusal->message, request.request_id);
  else if (reader.answer) response = *std::move(reader.answer);
  else co_await run_handler(request, response, problem);

  int status = response.status;
  ResponseWriter writer(*this, request, response, reader.keep && !refused && !core_.stopping, reader.http10);
  bool sent = co_await writer.send();
  if (problem.empty()) problem = writer.problem();
  auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  log(request, {.method = {},
                .target = {},
                .remote = {},
                .request_id = {},
                .status = sent ? response.status : status,
                .body_bytes = writer.body_bytes(),
                .took = took,
                .problem = std::move(problem)});
  bool is_heavy = response.stream || response.keep_alive || !request.files.empty();
  // Cursors are closed and files removed where blocking does no harm.
  if (is_heavy) net::post(core_.workers, [request = std::move(request), response = std::move(response)] {});
  if (sent && refused) co_await linger();
  co_return sent&& writer.keep();
}

net::awaitable<void> Session::run_handler(Request& request, Response& response, std::string& problem) {
  bool threw = false;
  auto work = [&]() noexcept {
    try {
      response = core_.hooks.handle(request);
      return;
    } catch (const std::exception& error) {
      problem = error.what();
    } catch (...) {
      problem = "unknown exception";
    }
    threw = true;
  };
  co_await on_worker(core_.workers, work);
  if (threw) response = core_.error_response(500, "Internal error.", request.request_id);
}

void Session::log(Request& request, Served served) {
  if (!core_.hooks.log) return;
  served.method = request.method;
  served.target = request.target;
  served.remote = request.remote;
  served.request_id = request.request_id;
  net::post(core_.workers, [&core = core_, served = std::move(served)]() noexcept {
    try {
      core.hooks.log(served);
    } catch (...) {
      // There is nobody left to tell.
    }
  });
}

// Closing with unread bytes resets the connection, and the peer might never see why it was refused.
net::awaitable<void> Session::linger() {
  boost::system::error_code ec;
  socket_.shutdown(net::ip::tcp::socket::shutdown_send, ec);
  expire_after(std::min(linger_time, core_.options.body_idle));
  std::string sink(64 * 1024, '\0');
  std::size_t total = 0;
  while (!ec && total < linger_budget)
    total += co_await socket_.async_read_some(net::buffer(sink), net::redirect_error(net::use_awaitable, ec));
  never_expire();
}

void Session::on_overdue(Time now) {
  if (!is_overdue(now)) return;
  timed_out_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Session::close_if_idle() {
  if (idle_) cut();
}

void Session::cut() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace assay
