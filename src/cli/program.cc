#include "cli/catalog.h"
#include "cli/help.h"

namespace xinjing::cli {
namespace {

/// Takes the global options out of `words`; what is left is the command and its arguments.
struct Globals {
  std::vector<std::string> rest;
  bool help = false;
  bool version = false;
};

bool takes_value(std::string_view word, std::string_view name, std::string_view& value) {
  if (!word.starts_with(name) || word.size() <= name.size() || word[name.size()] != '=')
    return false;
  value = word.substr(name.size() + 1);
  return true;
}

Status set_lang(std::string_view value, Context& context) {
  if (value != "zh" && value != "en") {
    return fail(ErrorCode::kUsage, {fmt::format("--lang takes zh or en, not '{}'", value),
                                    fmt::format("--lang 只接受 zh 或 en，而不是“{}”", value)});
  }
  context.lang = value == "zh" ? Lang::kZh : Lang::kEn;
  return {};
}

Status read_globals(std::span<const std::string> words, Context& context, Globals& globals) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    std::string_view value;
    const bool next = i + 1 < words.size();
    if (word == "--") {
      globals.rest.insert(globals.rest.end(), words.begin() + std::ptrdiff_t(i), words.end());
      break;
    }
    if (word == "--help" || word == "-h") {
      globals.help = true;
    } else if (word == "--version") {
      globals.version = true;
    } else if (word == "--quiet" || word == "-q") {
      context.quiet = true;
    } else if (takes_value(word, "--lang", value) || (word == "--lang" && next)) {
      if (value.empty()) value = words[++i];
      if (Status set = set_lang(value, context); !set) return set;
    } else if (takes_value(word, "--home", value) || (word == "--home" && next)) {
      context.home = value.empty() ? words[++i] : std::string(value);
    } else {
      globals.rest.push_back(word);
    }
  }
  return {};
}

int print_failure(const Error& error, const Context& context) {
  fmt::print(context.err, "xinjing: {}\n", visible_text(error.message(context.lang)));
  return exit_code(error.code);
}

int run_command(const catalog::Entry& entry, std::span<const std::string> words,
                const Context& context) {
  const std::unique_ptr<Command> command = entry.make();
  Arguments arguments;
  command->declare(arguments);
  if (Status parsed = arguments.parse(words); !parsed) {
    print_failure(parsed.error(), context);
    fmt::print(context.err, "{}\n",
               context.say({fmt::format("See xinjing {} --help.", entry.name),
                            fmt::format("用法见 xinjing {} --help。", entry.name)}));
    return kUsageError;
  }
  const Result<int> code = command->run(context);
  return code ? *code : print_failure(code.error(), context);
}

int refuse_unknown(const std::string& name, const Context& context) {
  const std::string close = closest_command(name);
  Said said{fmt::format("there is no command '{}'", name), fmt::format("没有命令“{}”", name)};
  if (!close.empty()) {
    said.en += fmt::format("; did you mean '{}'?", close);
    said.zh += fmt::format("；是不是“{}”？", close);
  }
  return print_failure(Error{ErrorCode::kUsage, said, {}}, context);
}

}  // namespace

const catalog::Entry* find_command(std::string_view name) {
  for (const catalog::Entry* entry : catalog::entries()) {
    if (entry->name == name) return entry;
  }
  return nullptr;
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kUsage:
      return kUsageError;
    case ErrorCode::kBadInput:
      return kBadInputError;
    case ErrorCode::kNotFound:
      return kNotFoundError;
    case ErrorCode::kBusy:
      return kBusyError;
    case ErrorCode::kRefused:
      return kRefusedError;
    case ErrorCode::kCorrupt:
      return kCorruptError;
    case ErrorCode::kIo:
      return kIoError;
    case ErrorCode::kInterrupted:
      return kInterruptedError;
  }
  return kCorruptError;
}

int run_program(std::span<const std::string> words, Context context) {
  Globals globals;
  if (Status read = read_globals(words, context, globals); !read) {
    return print_failure(read.error(), context);
  }
  if (globals.version) {
    fmt::print(context.out, "xinjing {}\n", XINJING_VERSION);
    return kDone;
  }
  if (globals.rest.empty()) {
    fmt::print(globals.help ? context.out : context.err, "{}", overview_help(context.lang));
    return globals.help ? kDone : kUsageError;
  }
  const catalog::Entry* entry = find_command(globals.rest.front());
  if (entry == nullptr) return refuse_unknown(globals.rest.front(), context);
  if (globals.help) {
    fmt::print(context.out, "{}", command_help(*entry, context.lang));
    return kDone;
  }
  return run_command(*entry, std::span<const std::string>(globals.rest).subspan(1), context);
}

}  // namespace xinjing::cli
