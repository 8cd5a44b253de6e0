#include "cli/arguments.h"

#include <CLI/CLI.hpp>

#include "base/format.h"

namespace xinjing::cli {
namespace {

void attach(CLI::App& app, const Argument& argument) {
  CLI::Option* option = std::visit(
      [&](auto* field) {
        if constexpr (std::is_same_v<decltype(field), bool*>) {
          return app.add_flag(argument.name, *field);
        } else {
          return app.add_option(argument.name, *field);
        }
      },
      argument.field);
  if (argument.required) option->required();
  if (!argument.choices.empty()) option->check(CLI::IsMember(argument.choices));
}

Failure usage_failure(const CLI::ParseError& error) {
  std::string what = error.what();
  std::replace(what.begin(), what.end(), '\n', ' ');
  return fail(ErrorCode::kUsage, {what, fmt::format("参数有误：{}", what)});
}

}  // namespace

Arguments& Arguments::add(Argument argument) {
  x_all.push_back(std::move(argument));
  return *this;
}

Status Arguments::parse(std::span<const std::string> words) const {
  CLI::App app;
  app.set_help_flag();
  std::vector<std::string> reversed(words.rbegin(), words.rend());
  try {
    for (const Argument& argument : x_all) attach(app, argument);
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return usage_failure(error);
  }
  return {};
}

}  // namespace xinjing::cli
