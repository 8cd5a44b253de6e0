#include "evidence/cue_finder.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace xinjing::evidence {

namespace {

void encode(const language::Normalised& text, std::string& bytes,
            std::vector<std::uint32_t>& starts) {
  bytes.resize(4 * text.chars.size());
  starts.resize(text.chars.size() + 1);
  char* const begin = bytes.data();
  char* at = begin;
  const auto put = [&at](char32_t byte) { *at++ = static_cast<char>(byte); };
  for (std::size_t i = 0; i < text.chars.size(); ++i) {
    starts[i] = static_cast<std::uint32_t>(at - begin);
    const char32_t c = text.chars[i];
    if (c < 0x80) {
      put(c);
      continue;
    }
    if (c < 0x800) {
      put(0xc0 | c >> 6);
    } else {
      if (c < 0x10000) {
        put(0xe0 | c >> 12);
      } else {
        put(0xf0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3f));
      }
      put(0x80 | (c >> 6 & 0x3f));
    }
    put(0x80 | (c & 0x3f));
  }
  starts.back() = static_cast<std::uint32_t>(at - begin);
  bytes.resize(starts.back());
}

// The character that begins at a byte.
std::size_t character_at(const std::vector<std::uint32_t>& starts, std::uint32_t byte) {
  return static_cast<std::size_t>(std::lower_bound(starts.begin(), starts.end(), byte) -
                                  starts.begin());
}

}  // namespace

CueFinder::CueFinder(language::CueLexicon lexicon)
    : x_lexicon(std::move(lexicon)),
      x_listens{x_lexicon.listens_to(ingest::Speaker::kCustomer),
                x_lexicon.listens_to(ingest::Speaker::kAgent),
                x_lexicon.listens_to(ingest::Speaker::kBot)} {}

void CueFinder::find_in_turn(std::uint32_t turn, ingest::Speaker speaker,
                             const language::Normalised& text, Scratch& scratch,
                             std::vector<CueHit>& out) const {
  if (!listens_to(speaker)) return;
  encode(text, scratch.bytes, scratch.starts);
  scratch.matches.clear();
  x_lexicon.find(scratch.bytes, speaker, scratch.lexicon, scratch.matches);
  for (const language::CueMatch& match : scratch.matches) {
    out.push_back({.construct = match.construct,
                   .state = match.state,
                   .micro_nats = match.micro_nats,
                   .turn = turn,
                   .span = text.bytes(character_at(scratch.starts, match.span.begin),
                                      character_at(scratch.starts, match.span.end))});
  }
}

void CueFinder::find(const language::Conversation& conversation, Scratch& scratch,
                     std::vector<CueHit>& out) const {
  for (std::uint32_t turn = 0; turn < conversation.turns.size(); ++turn) {
    const language::Turn& said = conversation.turns[turn];
    if (!listens_to(said.speaker)) continue;
    language::normalise(said.text, scratch.normalised);
    find_in_turn(turn, said.speaker, scratch.normalised, scratch, out);
  }
}

void CueFinder::find(const language::Conversation& conversation, const language::ReadScratch& read,
                     Scratch& scratch, std::vector<CueHit>& out) const {
  XINJING_CHECK(read.used == conversation.turns.size());
  for (std::uint32_t turn = 0; turn < conversation.turns.size(); ++turn) {
    const language::Turn& said = conversation.turns[turn];
    if (!listens_to(said.speaker)) continue;
    // Of a longer text the reader has only the beginning.
    const bool whole = said.text.size() <= language::Reader::kLongestText;
    if (!whole) language::normalise(said.text, scratch.normalised);
    find_in_turn(turn, said.speaker, whole ? read.turns[turn].text : scratch.normalised, scratch,
                 out);
  }
}

}  // namespace xinjing::evidence
