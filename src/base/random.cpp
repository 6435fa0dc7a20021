#include "base/random.h"

#include <openssl/rand.h>

#include <climits>
#include <stdexcept>

#include "base/hash.h"

namespace assay {

std::string random_bytes(std::size_t count) {
  if (count > INT_MAX) throw std::length_error("more random bytes asked for than OpenSSL gives at once");
  std::string out(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) != 1) {
    throw std::runtime_error("the random number generator of OpenSSL failed");
  }
  return out;
}

std::string random_token(std::size_t bytes) { return base64url(random_bytes(bytes)); }

}  // namespace assay
