// Unpredictable bytes for keys, tokens and ids, from OpenSSL's generator.
#pragma once

#include <cstddef>
#include <string>

namespace assay {

// Both throw std::runtime_error when the generator fails: without it nothing that needs a secret may go on.
std::string random_bytes(std::size_t count);
std::string random_token(std::size_t bytes);  // base64url of that many random bytes; 32 are enough for any secret

}  // namespace assay
