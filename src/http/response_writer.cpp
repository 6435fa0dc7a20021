#include "http/response_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <charconv>
#include <system_error>

#include "http/on_worker.h"
#include "http/wire.h"

namespace assay {
namespace {

constexpr std::size_t slice = 64 * 1024;       // each slice gets the time of write_idle
constexpr std::chrono::seconds heartbeat{20};  // proxies cut connections that are silent for longer
// Then the browser connects anew, and its session is asked for again.
constexpr std::chrono::minutes longest_listening{10};
constexpr std::size_t file_chunk = 256 * 1024;  // one visit to a worker for so many bytes

struct Descriptor {
  int value = -1;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
};

struct OpenedFile {
  Descriptor descriptor;
  std::uint64_t size = 0;
  std::string problem;

  void open(const std::filesystem::path& path) noexcept {
    struct stat status {};
    descriptor.value = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor.value < 0 || ::fstat(descriptor.value, &status) != 0) {
      problem = "cannot open " + path.string() + ": " + std::generic_category().message(errno);
    } else if (!S_ISREG(status.st_mode)) {
      problem = path.string() + " is not a file";
    } else {
      size = static_cast<std::uint64_t>(status.st_size);
    }
  }
};

std::size_t read_at(int descriptor, char* into, std::size_t count, std::uint64_t offset) {
  for (;;) {
    ssize_t got = ::pread(descriptor, into, count, static_cast<off_t>(offset));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return 0;
  }
}

}  // namespace

ResponseWriter::ResponseWriter(Session& session, const Request& request, Response& response, bool keep, bool http10)
    : session_(session),
      response_(response),
      request_id_(request.request_id),
      bodiless_(request.method == "HEAD" || is_bodiless(response.status)),
      keep_(keep && !equal_ignoring_case(response.header("Connection"), "close")),
      http10_(http10) {}

net::awaitable<bool> ResponseWriter::send() {
  if (response_.events) return send_events();
  if (response_.stream) return send_stream();
  if (!response_.file.empty()) return send_file();
  return send_memory(memory_body());
}

std::string_view ResponseWriter::memory_body() const {
  if (response_.shared_body) return *response_.shared_body;
  return response_.static_body.empty() ? std::string_view(response_.body) : response_.static_body;
}

net::awaitable<bool> ResponseWriter::write(std::string_view first, std::string_view second, std::string_view third) {
  std::array<net::const_buffer, 3> buffers{net::buffer(first), net::buffer(second), net::buffer(third)};
  boost::system::error_code ec;
  session_.expire_after(session_.core_.options.write_idle);
  co_await net::async_write(session_.socket_, buffers, net::redirect_error(net::use_awaitable, ec));
  session_.never_expire();
  if (ec && problem_.empty())
    problem_ = session_.timed_out_ ? "the peer stopped reading" : "the peer left: " + ec.message();
  co_return !ec;
}

net::awaitable<bool> ResponseWriter::send_memory(std::string_view body) {
  Framing framing{.keep = keep_, .length = {}};
  if (!is_bodiless(response_.status)) framing.length = body.size();
  std::string head = response_head(response_, framing, request_id_);
  if (bodiless_) body = {};
  std::size_t first = std::min(body.size(), slice);
  bool sent = co_await write(head, body.substr(0, first));
  body_bytes_ += first;
  body.remove_prefix(first);
  while (sent && !body.empty()) {
    std::size_t count = std::min(body.size(), slice);
    sent = co_await write(body.substr(0, count), {});
    body_bytes_ += count;
    body.remove_prefix(count);
  }
  co_return sent;
}

bool ResponseWriter::next_chunk(std::string& chunk) noexcept {
  try {
    chunk.clear();
    return response_.stream(chunk);
  } catch (const std::exception& error) {
    problem_ = error.what();
  } catch (...) {
    problem_ = "unknown exception";
  }
  broken_ = true;
  return false;
}

net::awaitable<bool> ResponseWriter::send_stream() {
  if (http10_) keep_ = false;  // HTTP/1.0 knows no chunks: the end of the connection is the end of the body
  std::string chunk;
  bool more = false;
  auto next = [&]() noexcept { more = next_chunk(chunk); };
  if (!bodiless_) co_await on_worker(session_.core_.workers, next);
  if (broken_) co_return co_await send_failure();  // nothing was sent yet
  std::string head = response_head(
      response_, {.keep = keep_, .chunked = !http10_ && !is_bodiless(response_.status), .length = {}}, request_id_);
  if (bodiless_) co_return co_await write(head, {});
  bool sent = co_await send_chunk(head, chunk);
  while (sent && more) {
    co_await on_worker(session_.core_.workers, next);
    // Without the last chunk the peer knows that the body is not whole.
    if (broken_) co_return false;
    sent = co_await send_chunk({}, chunk);
  }
  if (sent && !http10_) sent = co_await write("0\r\n\r\n", {});
  co_return sent;
}

// No worker waits here: the coroutine sleeps until there is news.
net::awaitable<bool> ResponseWriter::send_events() {
  keep_ = false;
  std::string head = response_head(response_, {.keep = false, .chunked = !http10_, .length = {}}, request_id_);
  if (bodiless_) co_return co_await write(head, {});
  auto timer = std::make_shared<net::steady_timer>(session_.executor());
  response_.events->on_news([timer] { net::post(timer->get_executor(), [timer] { timer->cancel(); }); });
  auto end = std::chrono::steady_clock::now() + longest_listening;
  bool sent = co_await send_chunk(head, "retry: 2000\n\n");
  while (sent && !response_.events->is_over() && std::chrono::steady_clock::now() < end) {
    std::string text = response_.events->take();
    if (text.empty()) {
      // News posts its wake-up to this strand, so none is lost between looking and sleeping.
      boost::system::error_code cancelled;
      timer->expires_after(heartbeat);
      co_await timer->async_wait(net::redirect_error(net::use_awaitable, cancelled));
      text = response_.events->take();
      if (text.empty() && !cancelled) text = ": here\n\n";
    }
    if (!text.empty()) sent = co_await send_chunk({}, text);
  }
  response_.events->on_news({});
  if (sent && !http10_) sent = co_await write("0\r\n\r\n", {});
  co_return sent;
}

net::awaitable<bool> ResponseWriter::send_chunk(const std::string& head, std::string_view chunk) {
  // An empty chunk would end the body.
  if (chunk.empty()) co_return head.empty() || co_await write(head, {});
  std::string prefix = head;
  while (!chunk.empty()) {
    std::size_t count = std::min(chunk.size(), slice);
    if (!http10_) {
      char digits[16];
      auto end = std::to_chars(digits, digits + sizeof digits, count, 16);
      prefix.append(digits, end.ptr);
      prefix += "\r\n";
    }
    bool sent = co_await write(prefix, chunk.substr(0, count), http10_ ? "" : "\r\n");
    if (!sent) co_return false;
    body_bytes_ += count;
    chunk.remove_prefix(count);
    prefix.clear();
  }
  co_return true;
}

net::awaitable<bool> ResponseWriter::send_failure() {
  response_ = session_.core_.error_response(500, "Internal error.", request_id_);
  return send_memory(memory_body());
}

net::awaitable<bool> ResponseWriter::send_file() {
  OpenedFile file;
  auto open = [&]() noexcept { file.open(response_.file); };
  co_await on_worker(session_.core_.workers, open);
  if (!file.problem.empty()) {
    problem_ = file.problem;
    co_return co_await send_failure();
  }
  std::uint64_t left = file.size - std::min(file.size, response_.offset);
  std::uint64_t length = std::min(left, response_.length.value_or(left));
  std::string head = response_head(response_, {.keep = keep_, .length = length}, request_id_);
  bool sent = co_await write(head, {});
  if (!sent || bodiless_) co_return sent;
  co_return co_await send_file_body(file.descriptor.value, length);
}

net::awaitable<bool> ResponseWriter::send_file_body(int descriptor, std::uint64_t length) {
  std::string chunk;
  std::size_t got = 0;
  auto read = [&]() noexcept {
    got = read_at(descriptor, chunk.data(), std::min<std::uint64_t>(chunk.size(), length - body_bytes_),
                  response_.offset + body_bytes_);
  };
  chunk.resize(static_cast<std::size_t>(std::min<std::uint64_t>(length, file_chunk)));
  while (body_bytes_ < length) {
    co_await on_worker(session_.core_.workers, read);
    if (got == 0) {
      problem_ = "the file became shorter while it was sent";
      co_return false;
    }
    std::string_view piece(chunk.data(), got);
    while (!piece.empty()) {
      std::size_t count = std::min(piece.size(), slice);
      bool sent = co_await write(piece.substr(0, count), {});
      if (!sent) co_return false;
      piece.remove_prefix(count);
    }
    body_bytes_ += got;
  }
  co_return true;
}

}  // namespace assay
