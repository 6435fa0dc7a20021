// How a connection leaves the I/O thread for work that may block. Internal to the server.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace assay {

// Runs `work()` on the pool and resumes the caller on its own strand. `work` must not throw and must outlive the call.
template <class Work>
boost::asio::awaitable<void> on_worker(boost::asio::thread_pool& pool, Work& work) {
  auto start = [&pool, &work](auto handler) {
    auto guard = boost::asio::make_work_guard(boost::asio::get_associated_executor(handler));
    boost::asio::post(pool, [&work, handler = std::move(handler), guard = std::move(guard)]() mutable {
      work();
      auto home = guard.get_executor();
      boost::asio::post(home, std::move(handler));
    });
  };
  boost::asio::use_awaitable_t<> token;
  return boost::asio::async_initiate<boost::asio::use_awaitable_t<>, void()>(std::move(start), token);
}

}  // namespace assay
