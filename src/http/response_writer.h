// Sends one response. Internal to the server.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/session.h"

namespace assay {

class ResponseWriter {
 public:
  // `keep`: the connection shall stay open; send() may have to close it all the same, then keep() is false.
  ResponseWriter(Session& session, const Request& request, Response& response, bool keep, bool http10);
  // False: the peer left or the body broke off; the connection is of no more use.
  net::awaitable<bool> send();

  bool keep() const { return keep_; }
  std::uint64_t body_bytes() const { return body_bytes_; }
  const std::string& problem() const { return problem_; }

 private:
  net::awaitable<bool> send_memory(std::string_view body);
  net::awaitable<bool> send_events();
  net::awaitable<bool> send_stream();
  net::awaitable<bool> send_chunk(const std::string& head, std::string_view chunk);
  net::awaitable<bool> send_file();
  net::awaitable<bool> send_file_body(int descriptor, std::uint64_t length);
  net::awaitable<bool> send_failure();
  net::awaitable<bool> write(std::string_view first, std::string_view second, std::string_view third = {});
  std::string_view memory_body() const;
  bool next_chunk(std::string& chunk) noexcept;

  Session& session_;
  Response& response_;
  const std::string& request_id_;
  bool bodiless_;  // HEAD, 204, 304
  bool keep_;
  bool http10_;
  bool broken_ = false;  // the handler's stream threw
  std::uint64_t body_bytes_ = 0;
  std::string problem_;
};

}  // namespace assay
