#include "sources/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <vector>

namespace xinjing::sources {
namespace {

constexpr std::size_t kPiece = 1U << 16;
constexpr std::size_t kMostIn = 1U << 30;  // zlib counts in 32 bits

}  // namespace

struct Gzip::State {
  std::string_view left;
  std::string place;
  UnpackLimits limits;
  std::uint64_t packed = 0, unpacked = 0;
  bool ended = false;
  z_stream stream{};
  std::vector<char> piece = std::vector<char>(kPiece);

  State(std::string_view bytes, std::string at, const UnpackLimits& most)
      : left(bytes), place(std::move(at)), limits(most), packed(bytes.size()) {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    ended = inflateInit2(&stream, kGzipOnly) != Z_OK;
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { inflateEnd(&stream); }

  Failure broken() const {
    return fail(ErrorCode::kBadInput, {"the packed file is damaged", "压缩文件已损坏"}, place);
  }
  bool beyond() const {
    return unpacked > limits.most_bytes ||
           (unpacked > limits.free_bytes && unpacked / limits.most_ratio > packed);
  }
  /// Whether another member follows the one that ended; zeros behind the last are no member.
  bool next_member() {
    left.remove_prefix(std::min(left.find_first_not_of('\0'), left.size()));
    return !left.empty() && inflateReset(&stream) == Z_OK;
  }
};

Gzip::Gzip(std::string_view bytes, std::string place, const UnpackLimits& limits)
    : x_state(std::make_unique<State>(bytes, std::move(place), limits)) {}
Gzip::Gzip(Gzip&&) noexcept = default;
Gzip::~Gzip() = default;

Result<std::string_view> Gzip::next() {
  State& state = *x_state;
  while (!state.ended) {
    const std::size_t in = std::min(state.left.size(), kMostIn);
    state.stream.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(state.left.data()));  // zlib only reads it
    state.stream.avail_in = uInt(in);
    state.stream.next_out = reinterpret_cast<Bytef*>(state.piece.data());
    state.stream.avail_out = uInt(kPiece);
    const int code = inflate(&state.stream, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END) return state.broken();
    state.left.remove_prefix(in - state.stream.avail_in);
    const std::size_t out = kPiece - state.stream.avail_out;
    state.unpacked += out;
    if (state.beyond()) {
      return fail(ErrorCode::kBadInput,
                  {"the packed file unpacks to far too much", "压缩文件解压后过大"}, state.place);
    }
    if (code == Z_STREAM_END) state.ended = !state.next_member();
    if (out > 0) return std::string_view(state.piece.data(), out);
  }
  return std::string_view();
}

}  // namespace xinjing::sources
