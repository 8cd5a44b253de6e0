#include "cli/help.h"

#include "base/utf8.h"

namespace xinjing::cli {
namespace {

constexpr std::string_view kGlobalsEn =
    "Everywhere:\n"
    "  --lang zh|en     language of messages (default: from LANG)\n"
    "  --home DIR       folder with constructs/ and models/ (default: XINJING_HOME, or where "
    "built)\n"
    "  --quiet, -q      no progress lines\n"
    "  --help, -h       help on the program or on a command\n"
    "  --version        the version\n";
constexpr std::string_view kGlobalsZh =
    "通用选项：\n"
    "  --lang zh|en     消息的语言（默认取自 LANG）\n"
    "  --home DIR       constructs/ 与 models/ 所在的目录（默认 XINJING_HOME 或构建处）\n"
    "  --quiet, -q      不显示进度\n"
    "  --help, -h       程序或某个命令的帮助\n"
    "  --version        版本\n";

std::vector<std::string> words_of(const Argument& argument) {
  std::vector<std::string> names;
  std::string_view rest = argument.name;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    names.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return names;
}

std::string value_word(const Argument& argument) {
  if (argument.flag() || argument.positional()) return {};
  if (!argument.choices.empty()) return fmt::format(" {}", fmt::join(argument.choices, "|"));
  if (std::holds_alternative<int*>(argument.field)) return " N";
  if (std::holds_alternative<double*>(argument.field)) return " X";
  return " TEXT";
}

std::string default_word(const Argument& argument, Lang lang) {
  std::string value;
  if (const auto* number = std::get_if<int*>(&argument.field)) value = fmt::format("{}", **number);
  if (const auto* real = std::get_if<double*>(&argument.field)) value = fmt::format("{}", **real);
  if (const auto* text = std::get_if<std::string*>(&argument.field)) value = **text;
  if (value.empty()) return {};
  return lang == Lang::kZh ? fmt::format("（默认 {}）", value)
                           : fmt::format(" (default {})", value);
}

std::string argument_line(const Argument& argument, Lang lang) {
  const std::string left =
      fmt::format("{}{}", fmt::join(words_of(argument), ", "), value_word(argument));
  return fmt::format("  {:<24} {}{}\n", left, argument.help.in(lang), default_word(argument, lang));
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

Arguments arguments_of(const catalog::Entry& entry, std::unique_ptr<Command>& keep) {
  keep = entry.make();
  Arguments arguments;
  keep->declare(arguments);
  return arguments;
}

std::string options_of(const catalog::Entry& entry) {
  std::unique_ptr<Command> keep;
  std::vector<std::string> words;
  const Arguments arguments = arguments_of(entry, keep);
  for (const Argument& argument : arguments.all()) {
    if (!argument.positional()) {
      for (std::string& word : words_of(argument)) words.push_back(std::move(word));
    }
  }
  return fmt::format("{} --lang --home --quiet --help", fmt::join(words, " "));
}

std::string bash_script() {
  std::string cases;
  std::vector<std::string_view> names;
  for (const catalog::Entry* entry : catalog::entries()) {
    names.push_back(entry->name);
    cases += fmt::format("    {}) words=\"{}\" ;;\n", entry->name, options_of(*entry));
  }
  return fmt::format(
      "_xinjing() {{\n  local cur=${{COMP_WORDS[COMP_CWORD]}} words\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then words=\"{}\"\n  else case ${{COMP_WORDS[1]}} in\n{}  "
      "esac; fi\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
      "  [[ $cur == -* ]] || [ \"$COMP_CWORD\" -eq 1 ] || COMPREPLY+=($(compgen -f -- "
      "\"$cur\"))\n}}\n"
      "complete -o filenames -F _xinjing xinjing\n",
      fmt::join(names, " "), cases);
}

std::string fish_script() {
  std::string out;
  for (const catalog::Entry* entry : catalog::entries()) {
    out += fmt::format("complete -c xinjing -n __fish_use_subcommand -a {} -d \"{}\"\n",
                       entry->name, entry->summary.en);
    std::unique_ptr<Command> keep;
    const Arguments arguments = arguments_of(*entry, keep);
    for (const Argument& argument : arguments.all()) {
      if (argument.positional()) continue;
      out +=
          fmt::format("complete -c xinjing -n \"__fish_seen_subcommand_from {}\" -l {} -d \"{}\"\n",
                      entry->name, words_of(argument).back().substr(2), argument.help.en);
    }
  }
  return out;
}

}  // namespace

std::string overview_help(Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::string out =
      zh ? "心镜 xinjing：读懂客户说的话和做的事，每句结论都有依据。\n\n用法：xinjing 命令 "
           "[参数]\n\n"
         : "xinjing: reads what customers say and do, with grounds for every claim.\n\n"
           "Usage: xinjing COMMAND [ARGUMENTS]\n\n";
  for (const catalog::Entry* entry : catalog::entries()) {
    out += fmt::format("  {:<11} {}\n", entry->name, entry->summary.in(lang));
  }
  out += "\n";
  out += zh ? kGlobalsZh : kGlobalsEn;
  out += zh ? "\n先试试：xinjing analyze sample\n" : "\nTry first: xinjing analyze sample\n";
  return out;
}

std::string command_help(const catalog::Entry& entry, Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::unique_ptr<Command> keep;
  const Arguments arguments = arguments_of(entry, keep);
  std::string usage = fmt::format("{} xinjing {}", zh ? "用法：" : "Usage:", entry.name);
  std::string lines;
  for (const Argument& argument : arguments.all()) {
    lines += argument_line(argument, lang);
    if (!argument.positional()) continue;
    const bool many = std::holds_alternative<std::vector<std::string>*>(argument.field);
    const std::string word = argument.name + (many ? "..." : "");
    usage += argument.required ? fmt::format(" {}", word) : fmt::format(" [{}]", word);
  }
  if (!lines.empty()) lines = fmt::format("\n{}\n{}", zh ? "参数：" : "Arguments:", lines);
  return fmt::format("{}\n\n{}\n\n{}\n{}\n{}", usage + (zh ? " [选项]" : " [OPTIONS]"),
                     entry.summary.in(lang), entry.details.in(lang), lines,
                     zh ? kGlobalsZh : kGlobalsEn);
}

std::string closest_command(std::string_view name) {
  std::string best;
  std::size_t least = 3;
  for (const catalog::Entry* entry : catalog::entries()) {
    const std::size_t distance = edit_distance(name, entry->name);
    if (distance < least) least = distance, best = entry->name;
  }
  return best;
}

std::string completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script();
  if (shell == "zsh") return "autoload -Uz bashcompinit && bashcompinit\n" + bash_script();
  if (shell == "fish") return fish_script();
  return {};
}

}  // namespace xinjing::cli
