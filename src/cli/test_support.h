#pragma once

// For tests of this room only.
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "cli/catalog.h"

namespace xinjing::cli {

struct Output {
  int code = 0;
  std::string out;
  std::string err;
};

/// All of a file from its beginning; closes it.
inline std::string drained(std::FILE* file) {
  std::rewind(file);
  std::string text;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text.push_back(char(c));
  std::fclose(file);
  return text;
}

/// The program with these words, in English unless they say otherwise.
inline Output run(const std::vector<std::string>& words) {
  Context context;
  context.home = XINJING_SOURCE_DIR;
  context.out = std::tmpfile();
  context.err = std::tmpfile();
  Output output;
  output.code = run_program(words, context);
  output.out = drained(context.out);
  output.err = drained(context.err);
  return output;
}

inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace xinjing::cli
