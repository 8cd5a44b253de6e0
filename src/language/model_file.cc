#include "base/format.h"
#include "base/hash.h"
#include "language/features.h"
#include "language/text_model.h"

// The model file, little-endian: 8 bytes of magic, u32 version, u64 XXH3 of the rest, contents.
namespace xinjing::language {
namespace {

constexpr std::string_view kMagic = "XINJINGM";
constexpr std::uint32_t kVersion = 2;
constexpr std::size_t kHeader = kMagic.size() + sizeof(std::uint32_t) + sizeof(std::uint64_t);
constexpr std::uint32_t kMostColumns = 4096;
constexpr std::uint32_t kMostGrams = 1U << 24;

class Out {
 public:
  template <typename T>
  void value(T v) {
    x_bytes.append(reinterpret_cast<const char*>(&v), sizeof v);
  }
  void text(std::string_view s) {
    value(static_cast<std::uint32_t>(s.size()));
    x_bytes.append(s);
  }
  template <typename List>
  void list(const List& v) {
    value(static_cast<std::uint32_t>(v.size()));
    x_bytes.append(reinterpret_cast<const char*>(v.data()),
                   v.size() * sizeof(typename List::value_type));
  }
  std::string take() { return std::move(x_bytes); }

 private:
  std::string x_bytes;
};

/// Takes values from the front. After the first impossible one everything is empty and `whole` is
/// false, so the caller checks once.
class In {
 public:
  explicit In(std::string_view bytes) : x_bytes(bytes) {}

  template <typename T>
  T value() {
    T v{};
    const std::string_view from = take(sizeof v);
    if (!from.empty()) std::memcpy(&v, from.data(), sizeof v);
    return v;
  }
  std::string text() { return std::string(take(value<std::uint32_t>())); }
  template <typename T, typename List = std::vector<T>>
  List list() {
    const std::uint64_t size = value<std::uint32_t>();
    const std::string_view from = take(size * sizeof(T));
    List v(from.size() / sizeof(T));
    if (!from.empty()) std::memcpy(v.data(), from.data(), from.size());
    return v;
  }
  /// A count of things that take at least `bytes` each.
  std::uint32_t count(std::uint64_t bytes) {
    const auto n = value<std::uint32_t>();
    if (n * bytes <= x_bytes.size()) return n;
    x_whole = false;
    return 0;
  }
  bool whole() const { return x_whole; }
  bool at_end() const { return x_bytes.empty(); }

 private:
  std::string_view take(std::uint64_t size) {
    if (size > x_bytes.size()) {
      x_whole = false;
      x_bytes = {};
      return {};
    }
    const std::string_view front = x_bytes.substr(0, size);
    x_bytes.remove_prefix(size);
    return front;
  }
  std::string_view x_bytes;
  bool x_whole = true;
};

void put_head(Out& out, const ScoreHead& h) {
  out.text(h.head.name);
  out.value(h.head.kind);
  out.value(static_cast<std::uint8_t>(h.head.per_turn));
  out.value(static_cast<std::uint8_t>(h.shown));
  out.value(h.head.first);
  out.value(static_cast<std::uint32_t>(h.head.states.size()));
  for (const std::string& state : h.head.states) out.text(state);
  out.list(h.head.priors);
  out.list(h.head.lean);
  out.list(h.slope);
  out.list(h.offset);
}

ScoreHead take_head(In& in) {
  ScoreHead h;
  h.head.name = in.text();
  h.head.kind = in.value<HeadKind>();
  h.head.per_turn = in.value<std::uint8_t>() != 0;
  h.shown = in.value<std::uint8_t>() != 0;
  h.head.first = in.value<std::uint32_t>();
  h.head.states.resize(in.count(4));
  for (std::string& state : h.head.states) state = in.text();
  h.head.priors = in.list<float>();
  h.head.lean = in.list<float>();
  h.slope = in.list<float>();
  h.offset = in.list<float>();
  return h;
}

void put_unit(Out& out, const UnitWeights& unit) {
  out.value(unit.columns);
  out.value(unit.width);
  out.list(unit.bias);
  out.list(unit.shapes);
}

UnitWeights take_unit(In& in) {
  UnitWeights unit;
  unit.columns = in.value<std::uint32_t>();
  unit.width = in.value<std::uint32_t>();
  unit.bias = in.list<float>();
  unit.shapes = in.list<float>();
  return unit;
}

void put_block(Out& out, const WeightBlock& block) {
  out.value(block.width);
  out.list(block.scale);
  out.list(block.rows);
  out.list(block.shifts);
}

WeightBlock take_block(In& in) {
  WeightBlock block;
  block.width = in.value<std::uint32_t>();
  block.scale = in.list<float>();
  block.rows = in.list<std::int8_t, LineVector<std::int8_t>>();
  block.shifts = in.list<std::uint8_t>();
  return block;
}

ModelParts take_parts(In& in) {
  ModelParts parts;
  parts.lang = in.value<std::uint8_t>() == 0 ? Lang::kZh : Lang::kEn;
  parts.name = in.text();
  parts.heads.resize(in.count(28));
  for (ScoreHead& head : parts.heads) head = take_head(in);
  parts.products.resize(in.count(16));
  for (ProductHead& product : parts.products) {
    product.name = in.text();
    product.separator = in.text();
    product.first = in.value<std::uint32_t>();
    product.second = in.value<std::uint32_t>();
  }
  parts.turn = take_unit(in);
  parts.episode = take_unit(in);
  parts.keys = in.list<std::uint64_t>();
  parts.masks = in.list<std::uint8_t>();
  for (WeightBlock& block : parts.blocks) block = take_block(in);
  parts.cue_kinds.resize(in.count(4));
  for (std::string& kind : parts.cue_kinds) kind = in.text();
  for (WeightBlock& block : parts.cue_blocks) block = take_block(in);
  return parts;
}

bool all_finite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

bool good_unit(const UnitWeights& unit, std::size_t shapes) {
  return unit.columns <= kMostColumns && unit.width == (unit.columns + 15) / 16 * 16 &&
         unit.bias.size() == unit.width && unit.shapes.size() == shapes * unit.width &&
         all_finite(unit.bias) && all_finite(unit.shapes);
}

bool good_head(const ScoreHead& h, const ModelParts& parts) {
  const std::size_t states = h.head.states.size();
  const std::size_t leans = h.head.kind == HeadKind::kLevel ? states - 1 : states;
  const UnitWeights& unit = h.head.per_turn ? parts.turn : parts.episode;
  return states > 0 && h.head.kind <= HeadKind::kLevel && !h.head.name.empty() &&
         h.head.first <= unit.columns && states <= unit.columns - h.head.first &&
         h.head.priors.size() == states && h.slope.size() == states && h.offset.size() == states &&
         (h.head.lean.empty() || h.head.lean.size() == leans) && all_finite(h.head.priors) &&
         all_finite(h.head.lean) && all_finite(h.slope) && all_finite(h.offset);
}

bool good_product(const ProductHead& p, const ModelParts& parts) {
  if (p.name.empty() || p.first >= parts.heads.size() || p.second >= parts.heads.size())
    return false;
  const Head& a = parts.heads[p.first].head;
  const Head& b = parts.heads[p.second].head;
  return a.per_turn == b.per_turn && a.kind == HeadKind::kSeveral && b.kind == HeadKind::kOne &&
         a.states.size() * b.states.size() <= kMostColumns;
}

bool good_vocabulary(const ModelParts& parts) {
  if (parts.keys.size() > kMostGrams || parts.masks.size() != parts.keys.size()) return false;
  for (std::size_t i = 1; i < parts.keys.size(); ++i) {
    if (parts.keys[i - 1] >= parts.keys[i]) return false;
  }
  return true;
}

bool good_block(const WeightBlock& block, const UnitWeights& unit, std::size_t rows) {
  return block.width == unit.width && block.scale.size() == block.width &&
         block.rows.size() == rows * block.width && block.shifts.size() == rows &&
         std::all_of(block.shifts.begin(), block.shifts.end(),
                     [](std::uint8_t shift) { return shift <= WeightBlock::kMostShift; }) &&
         all_finite(block.scale);
}

bool good_blocks(const ModelParts& parts) {
  for (std::size_t s = 0; s < kSpaces; ++s) {
    const UnitWeights& unit = is_turn_space(static_cast<Space>(s)) ? parts.turn : parts.episode;
    const auto rows = std::count_if(parts.masks.begin(), parts.masks.end(),
                                    [&](std::uint8_t mask) { return (mask >> s & 1) != 0; });
    if (!good_block(parts.blocks[s], unit, static_cast<std::size_t>(rows))) return false;
  }
  for (std::size_t s = 0; s < kCueSpaces; ++s) {
    const bool of_turn = static_cast<CueSpace>(s) == CueSpace::kTurn;
    const UnitWeights& unit = of_turn ? parts.turn : parts.episode;
    if (!good_block(parts.cue_blocks[s], unit, parts.cue_kinds.size())) return false;
  }
  return parts.cue_kinds.size() <= kMostColumns;
}

bool consistent(const ModelParts& parts) {
  const auto each = [](const auto& list, auto good) {
    return std::all_of(list.begin(), list.end(), good);
  };
  return good_unit(parts.turn, kTurnShapes) && good_unit(parts.episode, kEpisodeShapes) &&
         each(parts.heads, [&](const ScoreHead& h) { return good_head(h, parts); }) &&
         each(parts.products, [&](const ProductHead& p) { return good_product(p, parts); }) &&
         good_vocabulary(parts) && good_blocks(parts);
}

Failure damaged(std::string_view en, std::string_view zh) {
  return fail(ErrorCode::kCorrupt,
              {fmt::format("the model file {}", en), fmt::format("模型文件{}", zh)});
}

}  // namespace

std::string model_bytes(const ModelParts& parts) {
  Out out;
  out.value(static_cast<std::uint8_t>(parts.lang == Lang::kZh ? 0 : 1));
  out.text(parts.name);
  out.value(static_cast<std::uint32_t>(parts.heads.size()));
  for (const ScoreHead& head : parts.heads) put_head(out, head);
  out.value(static_cast<std::uint32_t>(parts.products.size()));
  for (const ProductHead& product : parts.products) {
    out.text(product.name);
    out.text(product.separator);
    out.value(product.first);
    out.value(product.second);
  }
  put_unit(out, parts.turn);
  put_unit(out, parts.episode);
  out.list(parts.keys);
  out.list(parts.masks);
  for (const WeightBlock& block : parts.blocks) put_block(out, block);
  out.value(static_cast<std::uint32_t>(parts.cue_kinds.size()));
  for (const std::string& kind : parts.cue_kinds) out.text(kind);
  for (const WeightBlock& block : parts.cue_blocks) put_block(out, block);
  const std::string contents = out.take();
  Out file;
  file.value(kVersion);
  file.value(hash64(contents));
  return std::string(kMagic) + file.take() + contents;
}

Result<TextModel> TextModel::parse(std::string_view bytes) {
  if (bytes.size() < kHeader || !bytes.starts_with(kMagic)) {
    return damaged("is not one of ours", "不是心镜的模型");
  }
  In header(bytes.substr(kMagic.size(), kHeader - kMagic.size()));
  const auto version = header.value<std::uint32_t>();
  if (version != kVersion) {
    return damaged(fmt::format("has version {}, not {}", version, kVersion),
                   fmt::format("的版本是 {}，不是 {}", version, kVersion));
  }
  const std::string_view contents = bytes.substr(kHeader);
  if (header.value<std::uint64_t>() != hash64(contents)) {
    return damaged("is damaged: its checksum does not fit", "已损坏：校验和不符");
  }
  In in(contents);
  ModelParts parts = take_parts(in);
  if (!in.whole() || !in.at_end() || !consistent(parts)) {
    return damaged("contradicts itself", "前后矛盾");
  }
  return TextModel(std::move(parts));
}

}  // namespace xinjing::language
