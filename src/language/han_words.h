#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace xinjing::language {

/// Tells where the words of Chinese text begin, fast enough for every message that is read; the
/// WordBreaker knows more words and is some twenty times slower.
/// Immutable once its words are added, so any number of threads may call it.
/// Cost: some 40 instructions a character. Memory: 32 bytes a word, 40 KB besides.
/// Method: the most probable path through the word graph, each word by how often it stands in the
/// files (Viterbi over a unigram model). Characters that no file has stand for themselves.
class HanWords {
 public:
  static constexpr std::size_t kLongestWord = 4;  // characters
  /// Memory of one thread.
  struct Scratch {
    std::vector<std::int32_t> cost;  // of the best path to each place
    std::vector<std::uint8_t> size;  // of the word that ends that path
  };

  /// Adds a file: `word times` (lexicons/words.zh.tsv). Refused with file:line:column: another
  /// header, a word that is not one to four common Chinese characters, no count, a word twice.
  Status add(std::string_view text, std::string_view name);
  /// REQUIRES: called once after the last file.
  void build();
  bool empty() const { return x_slots.empty(); }

  /// Sets starts[i] to 1 where a word of `run` begins and to 0 elsewhere.
  /// REQUIRES: `run` are ideographs; starts has as many places.
  void find(std::u32string_view run, Scratch& scratch, std::uint8_t* starts) const;

 private:
  static constexpr std::size_t kFilterBits = 1U << 17;
  static constexpr char32_t kFirst = 0x4e00, kLast = 0x9fff;
  struct Word {
    std::uint64_t key = 0;
    std::uint32_t times = 0;
  };

  /// A word of two and more characters, or the beginning of a longer one, known by 32 bits of its
  /// hash: about one strange run in a thousand million is taken for a known one.
  struct Slot {
    std::uint32_t mark = 0;       // 0: nothing here
    std::uint8_t cost = kNoWord;  // kNoWord: only a beginning
    std::uint8_t goes_on = 0;     // whether a longer word begins so
  };
  static constexpr std::uint8_t kNoWord = 255;

  void put(std::uint64_t key, std::uint8_t cost, std::uint8_t goes_on);
  const Slot& slot_of(std::uint64_t key) const;
  int cost_of_one(char32_t c) const;

  std::vector<Word> x_words;  // until they are built
  double x_times = 0;
  std::vector<Slot> x_slots;            // open addressing
  std::vector<std::uint64_t> x_filter;  // a bit for the hash of the first two characters
  std::vector<std::uint8_t> x_singles;  // the costs of single characters
};

}  // namespace xinjing::language
