#pragma once

#include <cstdio>
#include <string>

#include "cli/catalog.h"
#include "cli/models.h"
#include "language/request.h"

namespace xinjing::cli {

/// Counts of a run of `xinjing read`.
struct ReadCount {
  std::uint64_t lines = 0;
  std::uint64_t errors = 0;
};

/// Reads JSON lines from `in` and writes one answer a line to context.out, in the same order, on
/// `threads` threads (0: all cores). A bad line gives {"id", "error"} there and a sentence with
/// its number on context.err. `lang` overrides what is found out. Memory: some tens of MB, however
/// long the input.
Result<ReadCount> read_stream(const Context& context, const ReadingModels& models, std::FILE* in,
                              const std::string& name, std::optional<Lang> lang,
                              std::size_t threads);

/// The answer to one line, without its line end. On a bad line the error is returned too.
struct LineReader {
  JsonParser parser;
  language::ReadScratch scratch;
  language::Request request;
  language::NormReader::Scratch norm_scratch;
  std::vector<language::NormHit> norms;

  Status answer(const ReadingModels& models, std::string_view line, std::optional<Lang> lang,
                Lang interface, std::string& out);
};

}  // namespace xinjing::cli
