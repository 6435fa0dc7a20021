// Everything of the ledger that reads foreign text: it must neither crash nor read one meaning from two texts.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kernel/ledger/merkle.h"
#include "kernel/ledger/note.h"

namespace assay {
namespace {

// What was accepted must be written back as it stood.
void same(std::string_view input, std::string_view written) {
  if (input != written) std::abort();
}

}  // namespace

int fuzz_note(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  static const VerifierKey key =
      VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").value();
  auto opened = open_note(text, key);
  if (opened && (!text.starts_with(*opened) || !opened->ends_with('\n'))) std::abort();
  if (auto verifier = VerifierKey::parse(text)) same(text, verifier->text());
  if (auto signer = SigningKey::parse(text)) same(text, signer->text());
  if (auto frontier = Frontier::parse(text)) same(text, frontier->serialise());
  if (auto decoded = base64_decode(text)) same(text, base64(*decoded));
  if (auto hash = hash_from_hex(text)) same(text, hex(*hash));
  if (auto checkpoint = Checkpoint::parse(text)) {
    same(text, checkpoint->to_text());
    static const SigningKey signer{"fuzz", {}};
    if (open_note(sign_note(text, signer), signer.verifier()) != std::string(text)) std::abort();
  }
  return 0;
}

}  // namespace assay

#ifdef ASSAY_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return assay::fuzz_note(data, size);
}
#endif
