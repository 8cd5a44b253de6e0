#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/format.h"
#include "base/lang.h"
#include "base/result.h"
#include "base/visible.h"
#include "cli/arguments.h"

namespace xinjing::cli {

/// Exit codes; docs/commands.md is the promise.
enum ExitCode : int {
  kDone = 0,
  kFound = 1,  // the command ran and found problems (cards check, doctor, eval below its goal)
  kUsageError = 2,
  kBadInputError = 3,
  kNotFoundError = 4,
  kBusyError = 5,
  kRefusedError = 6,
  kCorruptError = 7,
  kIoError = 8,
  kInterruptedError = 130
};

/// What every command is given. Whatever holds words of others (texts, headers, ids, names of
/// files) and is no JSON goes through `print`.
struct Context {
  Lang lang = Lang::kEn;
  bool quiet = false;          // no progress lines
  std::filesystem::path home;  // the folder that holds constructs/ and models/
  std::FILE* out = stdout;
  std::FILE* err = stderr;

  /// The sentence in the language of the interface.
  const std::string& say(const Said& said) const { return said.in(lang); }
  /// Prints onto `out` what a terminal may be sent (base/visible.h).
  template <typename... Values>
  void print(fmt::format_string<Values...> form, Values&&... values) const {
    const std::string text = visible_text(fmt::format(form, std::forward<Values>(values)...));
    std::fwrite(text.data(), 1, text.size(), out);
  }
  /// Where progress goes: null when quiet.
  std::FILE* progress() const { return quiet ? nullptr : err; }
};

/// A command that was asked for: it declares its arguments, then runs once.
class Command {
 public:
  virtual ~Command() = default;
  virtual void declare(Arguments& arguments) = 0;
  /// The exit code, or the failure that main prints and turns into one.
  virtual Result<int> run(const Context& context) = 0;
};

namespace catalog {

/// One row of `xinjing --help`; each file of cli/catalog defines one.
struct Entry {
  std::string_view name;
  Said summary;  // one line
  Said details;  // what it does and examples, shown by `xinjing NAME --help`
  std::unique_ptr<Command> (*make)();
};

/// All commands, sorted by file name. Made by CMake from the folder.
std::span<const Entry* const> entries();

}  // namespace catalog

/// The command, or null.
const catalog::Entry* find_command(std::string_view name);

/// Runs the program: parses the global options (--lang, --home, --quiet, --help, --version), finds
/// the command, runs it, prints a failure as one sentence on `err`.
int run_program(std::span<const std::string> words, Context context);

/// The exit code of a failure.
int exit_code(ErrorCode code);

}  // namespace xinjing::cli
