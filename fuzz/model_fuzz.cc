#include <cstring>
#include "base/hash.h"
#include "language/reader.h"

// Any bytes as a model file, with its checksum put right so that the contents are reached: refused
// with a sentence, or a model that reads without harm.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace xinjing::language;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::size_t kHeader = 20;
  if (bytes.size() >= kHeader) {
    const std::uint64_t sum = xinjing::hash64(std::string_view(bytes).substr(kHeader));
    std::memcpy(bytes.data() + kHeader - sizeof sum, &sum, sizeof sum);
  }
  const auto model = TextModel::parse(bytes);
  if (!model) return 0;
  const Reader reader(&*model, nullptr);
  ReadScratch scratch;
  const std::vector<Turn> turns{
      {xinjing::ingest::Speaker::kCustomer, "气死我了，太贵 what a day", std::nullopt},
      {xinjing::ingest::Speaker::kAgent, "抱歉", std::nullopt}};
  reader.read({.id = "x", .turns = turns, .lang = std::nullopt}, scratch);
  return 0;
}
