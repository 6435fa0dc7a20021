#include "kernel/documents/pdf.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>

#include "base/file.h"
#include "base/text.h"
#include "render_pdf_script.h"

namespace assay {
namespace {

using Time = std::chrono::steady_clock::time_point;
constexpr int exit_not_installed = 3;

struct Pipe {
  FileHandle read, write;
  static Result<Pipe> open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
      return fail(ErrorKind::internal, std::string("cannot make a pipe: ") + std::strerror(errno));
    return Pipe{FileHandle(ends[0]), FileHandle(ends[1])};
  }
};

// The child; killed and waited for when it is let go.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    wait();
  }
  pid_t id() const { return id_; }
  int wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return status;
  }

 private:
  pid_t id_;
};

// From outside, so that the limits hold whatever the script does.
void limit(pid_t child, const PdfSettings& settings) {
  auto set = [child](__rlimit_resource which, std::uint64_t most) {
    struct rlimit limits {
      most, most
    };
    ::prlimit(child, which, &limits, nullptr);
  };
  set(RLIMIT_AS, settings.memory);
  set(RLIMIT_CPU, static_cast<std::uint64_t>(settings.time.count()));
  set(RLIMIT_CORE, 0);
  set(RLIMIT_FSIZE, 16 * 1024 * 1024);  // small temporary files of the font library
  set(RLIMIT_NOFILE, 128);
}

struct SpawnActions {
  posix_spawn_file_actions_t actions;
  SpawnActions() { posix_spawn_file_actions_init(&actions); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions); }
};

// Signals that the server ignores or blocks are the child's own again.
struct SpawnAttributes {
  posix_spawnattr_t attributes;
  SpawnAttributes() {
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnAttributes() { posix_spawnattr_destroy(&attributes); }
};

Result<pid_t> start(const PdfSettings& settings, int input, int output, int errors) {
  SpawnActions actions;
  posix_spawn_file_actions_adddup2(&actions.actions, input, 0);
  posix_spawn_file_actions_adddup2(&actions.actions, output, 1);
  posix_spawn_file_actions_adddup2(&actions.actions, errors, 2);
  posix_spawn_file_actions_addchdir_np(&actions.actions, "/");
  SpawnAttributes attributes;
  std::string python = settings.python, script(render_pdf_script);
  std::string flags[] = {"-s", "-B", "-c"};
  char* arguments[] = {python.data(), flags[0].data(), flags[1].data(), flags[2].data(), script.data(), nullptr};
  // Nothing of the server's environment: it may hold passwords. The hash seed makes the bytes repeatable.
  std::string variables[] = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/nonexistent", "PYTHONHASHSEED=0",
                             "SOURCE_DATE_EPOCH=0"};
  char* environment[] = {variables[0].data(), variables[1].data(), variables[2].data(),
                         variables[3].data(), variables[4].data(), nullptr};
  pid_t child = 0;
  int error = ::posix_spawn(&child, python.c_str(), &actions.actions, &attributes.attributes, arguments, environment);
  if (error == ENOENT) return fail(ErrorKind::not_found, std::string(pdf_install_text));
  if (error != 0) return fail(ErrorKind::internal, std::string("cannot start ") + python + ": " + std::strerror(error));
  return child;
}

struct Conversation {
  std::string_view input;
  std::string output, errors;
};

bool write_more(FileHandle& to, std::string_view& rest) {
  ssize_t count = ::write(to.get(), rest.data(), std::min<std::size_t>(rest.size(), 65536));
  if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
  bool broken = count < 0 && errno != EAGAIN && errno != EINTR;
  if (rest.empty() || broken) to.close();
  return !broken;
}

// false at the end.
bool read_more(const FileHandle& from, std::string& into, std::size_t most) {
  std::array<char, 65536> buffer;
  ssize_t count = ::read(from.get(), buffer.data(), buffer.size());
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  std::size_t room = most - std::min(most, into.size());
  into.append(buffer.data(), std::min(static_cast<std::size_t>(count), room));
  return count > 0;
}

// Feeds the input and collects what comes back, all at once, so that neither side waits for the other for ever.
Result<void> converse(Conversation& talk, FileHandle input, FileHandle output, FileHandle errors,
                      const PdfSettings& settings, Time until) {
  ::fcntl(input.get(), F_SETFL, O_NONBLOCK);
  bool output_open = true, errors_open = true;
  while (output_open || errors_open) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0)
      return fail(ErrorKind::limit, "The PDF took too long to make. Print the page from the browser instead.");
    pollfd waiting[] = {{output_open ? output.get() : -1, POLLIN, 0},
                        {errors_open ? errors.get() : -1, POLLIN, 0},
                        {input.get(), POLLOUT, 0}};
    if (::poll(waiting, 3, static_cast<int>(std::min<std::int64_t>(left, 1000))) < 0 && errno != EINTR) {
      return fail(ErrorKind::internal, std::string("cannot wait for the PDF: ") + std::strerror(errno));
    }
    if (waiting[2].revents != 0) write_more(input, talk.input);
    if (waiting[0].revents != 0) output_open = read_more(output, talk.output, settings.largest + 1);
    if (waiting[1].revents != 0) errors_open = read_more(errors, talk.errors, 16 * 1024);
    if (talk.output.size() > settings.largest)
      return fail(ErrorKind::limit, "The PDF is larger than the server makes.");
  }
  return {};
}

Result<std::string> outcome(Conversation& talk, int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && talk.output.starts_with("%PDF-")) return std::move(talk.output);
  if (WIFEXITED(status) && WEXITSTATUS(status) == exit_not_installed)
    return fail(ErrorKind::not_found, std::string(pdf_install_text));
  bool out_of_time = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
  if (out_of_time || talk.errors.find("MemoryError") != std::string::npos) {
    return fail(
        ErrorKind::limit,
        "The PDF needed more time or memory than the server gives it. Print the page from the browser instead.");
  }
  std::string_view last = trim(talk.errors);
  last.remove_prefix(last.rfind('\n') == std::string_view::npos ? 0 : last.rfind('\n') + 1);
  return fail(ErrorKind::internal, "WeasyPrint failed: " + shorten(last, 300));
}

}  // namespace

Result<std::string> render_pdf(std::string_view html, const PdfSettings& settings) {
  static std::mutex one_at_a_time;
  std::scoped_lock lock(one_at_a_time);
  TRY(Pipe input, Pipe::open());
  TRY(Pipe output, Pipe::open());
  TRY(Pipe errors, Pipe::open());
  TRY(pid_t id, start(settings, input.read.get(), output.write.get(), errors.write.get()));
  Child child(id);
  limit(child.id(), settings);
  input.read.close();
  output.write.close();
  errors.write.close();
  Conversation talk{html, {}, {}};
  CHECK(converse(talk, std::move(input.write), std::move(output.read), std::move(errors.read), settings,
                 std::chrono::steady_clock::now() + settings.time));
  return outcome(talk, child.wait());
}

}  // namespace assay
