#include "language/matcher.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "base/check.h"
#include "base/utf8.h"

namespace xinjing::language {

namespace {

constexpr std::int32_t kRoot = 0;
constexpr std::int32_t kListEnd = -1;
constexpr std::size_t kBytes = 256;
constexpr std::uint8_t kWordBegins = 1;
constexpr std::uint8_t kWordEnds = 2;

constexpr std::array<std::uint8_t, kBytes> kFold = [] {
  std::array<std::uint8_t, kBytes> fold{};
  for (std::size_t i = 0; i < kBytes; ++i) {
    fold[i] = static_cast<std::uint8_t>(i >= 'A' && i <= 'Z' ? i + ('a' - 'A') : i);
  }
  return fold;
}();

constexpr bool is_word_byte(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::uint8_t fold(char c) { return kFold[static_cast<unsigned char>(c)]; }

std::string folded(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(fold(c));
  return out;
}

constexpr bool is_continuation(unsigned char c) { return (c & 0xc0) == 0x80; }

}  // namespace

struct Matcher::Trie {
  struct Node {
    std::uint8_t byte = 0;
    std::int32_t first_child = -1;
    std::int32_t last_child = -1;
    std::int32_t next_sibling = -1;
    std::int32_t parent = -1;
    std::vector<std::int32_t> patterns;  // those that end here
  };
  std::vector<Node> nodes{Node{}};

  // Patterns must come sorted, so that the last child is the only one that can be shared and the
  // children are in the order of their bytes.
  void add(std::string_view bytes, std::int32_t pattern) {
    std::int32_t at = 0;
    for (const char c : bytes) {
      const auto byte = static_cast<std::uint8_t>(c);
      const std::int32_t last = nodes[at].last_child;
      if (last >= 0 && nodes[last].byte == byte) {
        at = last;
        continue;
      }
      const auto made = static_cast<std::int32_t>(nodes.size());
      nodes.push_back({.byte = byte, .parent = at, .patterns = {}});
      (last >= 0 ? nodes[last].next_sibling : nodes[at].first_child) = made;
      nodes[at].last_child = made;
      at = made;
    }
    nodes[at].patterns.push_back(pattern);
  }

  std::vector<std::int32_t> breadth_first() const {
    std::vector<std::int32_t> order{0};
    order.reserve(nodes.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (std::int32_t c = nodes[order[i]].first_child; c >= 0; c = nodes[c].next_sibling) {
        order.push_back(c);
      }
    }
    return order;
  }
};

Matcher::Matcher(std::span<const std::string_view> patterns) {
  std::vector<std::string> bytes;
  bytes.reserve(patterns.size());
  std::size_t total = 0;
  for (const std::string_view pattern : patterns) {
    bytes.push_back(folded(pattern));
    total += pattern.size();
    x_lengths.push_back(static_cast<std::uint32_t>(pattern.size()));
    std::uint8_t edges = 0;
    if (!pattern.empty() && is_word_byte(pattern.front())) edges |= kWordBegins;
    if (!pattern.empty() && is_word_byte(pattern.back())) edges |= kWordEnds;
    x_edges.push_back(edges);
  }
  XINJING_CHECK(total < (1U << 26));
  std::vector<std::int32_t> order(patterns.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::int32_t a, std::int32_t b) { return bytes[a] < bytes[b]; });
  Trie trie;
  for (const std::int32_t pattern : order) {
    if (!bytes[pattern].empty()) trie.add(bytes[pattern], pattern);
  }
  link(trie, place(trie));
  mark_starts(patterns);
}

// First fit: the children of a state go to the first base where all their cells are free. A single
// child fills any hole; a family gives up a stretch of cells where many bases were tried in vain,
// because there is little room left in it.
std::vector<std::int32_t> Matcher::place(const Trie& trie) {
  constexpr std::size_t kTries = 64;
  std::vector<std::int32_t> cell_of(trie.nodes.size(), kRoot);
  x_cells.assign(4 * kBytes, Cell{});
  std::size_t hole = kBytes;  // from here on every base is positive, whatever the byte
  std::size_t roomy = kBytes;
  for (const std::int32_t node : trie.breadth_first()) {
    const std::int32_t first = trie.nodes[node].first_child;
    if (first < 0) continue;
    const std::size_t lowest = trie.nodes[first].byte;
    const bool single = trie.nodes[first].next_sibling < 0;
    const auto fits = [&](std::size_t base) {
      for (std::int32_t c = first; c >= 0; c = trie.nodes[c].next_sibling) {
        if (x_cells[base + trie.nodes[c].byte].parent >= 0) return false;
      }
      return true;
    };
    std::size_t& from = single ? hole : roomy;
    while (x_cells[from].parent >= 0) ++from;
    std::size_t base = from - lowest;
    for (std::size_t tries = 0; !fits(base); ++tries, ++base) {
      if (tries == kTries && !single) roomy = std::max(roomy, base + lowest);
      if (base + 3 * kBytes > x_cells.size()) x_cells.resize(2 * x_cells.size());
    }
    const std::int32_t cell = cell_of[node];
    x_cells[cell].base = static_cast<std::int32_t>(base);
    for (std::int32_t c = first; c >= 0; c = trie.nodes[c].next_sibling) {
      cell_of[c] = static_cast<std::int32_t>(base + trie.nodes[c].byte);
      x_cells[cell_of[c]].parent = cell;
    }
    if (base + 3 * kBytes > x_cells.size()) x_cells.resize(2 * x_cells.size());
  }
  std::size_t used = x_cells.size();
  while (used > 1 && x_cells[used - 1].parent < 0) --used;
  x_cells.resize(used + kBytes);  // so that base + byte is always a cell
  x_cells.shrink_to_fit();
  return cell_of;
}

std::int32_t Matcher::child(std::int32_t state, std::uint8_t byte) const {
  const std::int32_t next = x_cells[state].base + byte;
  return x_cells[next].parent == state ? next : -1;
}

// A list is the patterns that end in a state, then kListEnd, or -2 - k where the list of the
// longest suffix with endings begins at k. Sharing keeps the lists as short as the patterns.
void Matcher::link(const Trie& trie, std::span<const std::int32_t> cell_of) {
  x_endings.assign(1, kListEnd);
  for (const std::int32_t node : trie.breadth_first()) {
    const Trie::Node& at = trie.nodes[node];
    Cell& cell = x_cells[cell_of[node]];
    if (at.parent > 0) {
      std::int32_t suffix = x_cells[cell_of[at.parent]].fail;
      while (suffix != kRoot && child(suffix, at.byte) < 0) suffix = x_cells[suffix].fail;
      cell.fail = std::max(child(suffix, at.byte), kRoot);
    }
    const std::int32_t inherited = node == 0 ? 0 : x_cells[cell.fail].endings;
    cell.endings = inherited;
    if (at.patterns.empty()) continue;
    cell.endings = static_cast<std::int32_t>(x_endings.size());
    x_endings.insert(x_endings.end(), at.patterns.begin(), at.patterns.end());
    x_endings.push_back(inherited == 0 ? kListEnd : -2 - inherited);
  }
}

void Matcher::mark_starts(std::span<const std::string_view> patterns) {
  x_starts.assign(0x10000 / 64, 0);
  x_first.assign(kBytes, 0);
  for (const std::string_view pattern : patterns) {
    if (pattern.empty()) continue;
    const auto lead = static_cast<unsigned char>(pattern.front());
    for (std::size_t byte = 0; byte < kBytes; ++byte) {
      if (kFold[byte] == kFold[lead]) x_first[byte] = 1;
    }
    const char32_t c = decode_utf8(pattern).value;
    if (c < 0x10000) x_starts[c / 64] |= 1ULL << (c % 64);
  }
}

// From the root, the first place at or after `at` where a match can begin.
std::size_t Matcher::skip(std::string_view text, std::size_t at) const {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  while (at < text.size()) {
    const unsigned char lead = bytes[at];
    if (lead < 0x80) {
      const bool inside_word = at > 0 && is_word_byte(lead) && is_word_byte(bytes[at - 1]);
      if (x_first[lead] && !inside_word) return at;
      ++at;
    } else if ((lead & 0xf0) == 0xe0 && at + 2 < text.size() && is_continuation(bytes[at + 1]) &&
               is_continuation(bytes[at + 2])) {
      const unsigned c =
          (lead & 0x0fU) << 12 | (bytes[at + 1] & 0x3fU) << 6 | (bytes[at + 2] & 0x3fU);
      if (x_starts[c / 64] >> (c % 64) & 1) return at;
      at += 3;
    } else {
      if (x_first[lead]) return at;
      ++at;
    }
  }
  return at;
}

void Matcher::report(std::string_view text, std::size_t end, std::int32_t list,
                     std::vector<Match>& out) const {
  const bool inside_after = end < text.size() && is_word_byte(text[end]);
  for (;; ++list) {
    const std::int32_t pattern = x_endings[list];
    if (pattern == kListEnd) return;
    if (pattern < 0) {
      list = -3 - pattern;
      continue;
    }
    const std::size_t begin = end - x_lengths[pattern];
    if ((x_edges[pattern] & kWordEnds) && inside_after) continue;
    if ((x_edges[pattern] & kWordBegins) && begin > 0 && is_word_byte(text[begin - 1])) continue;
    out.push_back({.pattern = static_cast<std::uint32_t>(pattern),
                   .span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
  }
}

void Matcher::find(std::string_view text, std::vector<Match>& out) const {
  const Cell* cells = x_cells.data();
  std::int32_t state = kRoot;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (state == kRoot) {
      i = skip(text, i);
      if (i >= text.size()) return;
    }
    const std::uint8_t byte = fold(text[i]);
    std::int32_t next = cells[state].base + byte;
    while (cells[next].parent != state && state != kRoot) {
      state = cells[state].fail;
      next = cells[state].base + byte;
    }
    state = cells[next].parent == state ? next : kRoot;
    if (cells[state].endings != 0) report(text, i + 1, cells[state].endings, out);
  }
}

std::size_t Matcher::memory_bytes() const {
  return x_cells.size() * sizeof(Cell) + x_endings.size() * sizeof(std::int32_t) +
         x_starts.size() * sizeof(std::uint64_t) + x_lengths.size() * 5 + kBytes;
}

}  // namespace xinjing::language
