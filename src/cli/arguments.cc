#include "cli/arguments.h"

#include <charconv>
#include <CLI/CLI.hpp>

#include "base/format.h"

namespace xinjing::cli {
namespace {

Failure misused(std::string en, std::string zh) {
  return fail(ErrorCode::kUsage, {std::move(en), std::move(zh)});
}

/// An argument while words are parsed. Numbers are taken as text: what is no number is then said
/// in our words, in both languages, as is everything else that the library would say in English.
struct Parsed {
  const Argument* argument = nullptr;
  CLI::Option* option = nullptr;
  std::string number{};

  bool given() const { return option->count() > 0; }
};

void attach(CLI::App& app, Parsed& parsed) {
  const Argument& argument = *parsed.argument;
  parsed.option = std::visit(
      [&](auto* field) {
        using Value = std::remove_pointer_t<decltype(field)>;
        if constexpr (std::is_same_v<Value, bool>) {
          return app.add_flag(argument.name, *field);
        } else if constexpr (std::is_arithmetic_v<Value>) {
          return app.add_option(argument.name, parsed.number);
        } else {
          return app.add_option(argument.name, *field);
        }
      },
      argument.field);
}

template <typename Number>
Status take_number(const Parsed& parsed, Number& field) {
  const char* end = parsed.number.data() + parsed.number.size();
  const auto [stop, error] = std::from_chars(parsed.number.data(), end, field);
  if (error == std::errc{} && stop == end) return {};
  const bool whole = std::is_integral_v<Number>;
  return misused(fmt::format("{} takes a {}number, not '{}'", parsed.argument->name,
                             whole ? "whole " : "", parsed.number),
                 fmt::format("{} 需要{}，而不是“{}”", parsed.argument->name,
                             whole ? "整数" : "数字", parsed.number));
}

Status check_choice(const Argument& argument) {
  const auto* text = std::get_if<std::string*>(&argument.field);
  if (argument.choices.empty() || text == nullptr) return {};
  if (std::find(argument.choices.begin(), argument.choices.end(), **text) != argument.choices.end())
    return {};
  return misused(fmt::format("{} is one of {}, not '{}'", argument.name,
                             fmt::join(argument.choices, ", "), **text),
                 fmt::format("{} 只能是 {}，不能是“{}”", argument.name,
                             fmt::join(argument.choices, "、"), **text));
}

Status settle(const Parsed& parsed) {
  const Argument& argument = *parsed.argument;
  if (!parsed.given()) {
    if (!argument.required) return {};
    return misused(fmt::format("{} is missing", argument.name),
                   fmt::format("缺少 {}", argument.name));
  }
  if (auto* const* whole = std::get_if<int*>(&argument.field)) return take_number(parsed, **whole);
  if (auto* const* real = std::get_if<double*>(&argument.field)) return take_number(parsed, **real);
  return check_choice(argument);
}

/// The first word that no argument took.
Status refuse_rest(const std::vector<std::string>& rest) {
  bool words_only = false;  // behind "--" nothing is an option
  for (const std::string& word : rest) {
    if (word == "--" && !words_only) {
      words_only = true;
      continue;
    }
    if (words_only || !word.starts_with('-') || word == "-") {
      return misused(fmt::format("'{}' is one argument too many", word),
                     fmt::format("多出一个参数“{}”", word));
    }
    const std::string name = word.substr(0, word.find('='));
    return misused(fmt::format("there is no option '{}'", name), fmt::format("没有选项“{}”", name));
  }
  return {};
}

/// The library names the argument in one of two ways.
bool is_about(std::string_view what, const std::string& name) {
  return what.starts_with(name + ":") || what.find(" " + name + " = ") != std::string_view::npos;
}

Failure usage_failure(const CLI::ParseError& error, const std::vector<Parsed>& all) {
  const std::string_view what = error.what();
  for (const Parsed& parsed : all) {
    const std::string& name = parsed.argument->name;
    if (!is_about(what, name)) continue;
    if (parsed.argument->flag()) {
      return misused(fmt::format("{} takes no value", name), fmt::format("{} 不带值", name));
    }
    if (parsed.option->count() > 1) {
      return misused(fmt::format("{} is given twice", name), fmt::format("{} 写了两次", name));
    }
    return misused(fmt::format("{} needs a value", name), fmt::format("{} 后面缺少值", name));
  }
  return misused("these arguments cannot be understood", "无法理解这些参数");
}

}  // namespace

Arguments& Arguments::add(Argument argument) {
  x_all.push_back(std::move(argument));
  return *this;
}

Status Arguments::parse(std::span<const std::string> words) const {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<Parsed> all;
  for (const Argument& argument : x_all) all.push_back({.argument = &argument});
  for (Parsed& parsed : all) attach(app, parsed);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    return usage_failure(error, all);
  }
  if (Status rest = refuse_rest(app.remaining()); !rest) return rest;
  for (const Parsed& parsed : all) {
    if (Status settled = settle(parsed); !settled) return settled;
  }
  return {};
}

}  // namespace xinjing::cli
