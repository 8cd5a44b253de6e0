#include "cli/use_argument.h"

#include <algorithm>

namespace xinjing::cli {

void UseArgument::declare(Arguments& arguments) {
  arguments.add({.name = "--use",
                 .field = &name,
                 .help = {"what it is wanted for; only what the cards allow for that is given out: "
                          "service (default), follow_up, recommendation, …; see xinjing cards uses",
                          "作何用途；只给出卡片允许用于此的内容：service（默认）、follow_up、"
                          "recommendation 等，也可写“定价”“优先级”等；见 xinjing cards uses"}});
}

Result<evidence::Use> UseArgument::use() const {
  if (!given()) return evidence::Use::kService;
  return use_argument(name);
}

Result<evidence::Use> use_argument(const std::string& name) {
  if (const auto use = evidence::use_named(name)) return *use;
  std::string en;
  std::string zh;
  for (std::size_t i = 0; i < evidence::kUseIds.size(); ++i) {
    const Said label = evidence::use_label(static_cast<evidence::Use>(i));
    en += fmt::format("{}{}", i == 0 ? "" : ", ", evidence::kUseIds[i]);
    zh += fmt::format("{}{}（{}）", i == 0 ? "" : "、", evidence::kUseIds[i], label.zh);
  }
  return fail(ErrorCode::kUsage, {fmt::format("'{}' is no use; there are {}", name, en),
                                  fmt::format("没有“{}”这种用途；有 {}", name, zh)});
}

void tell_withheld(const Context& context, evidence::Use use,
                   const std::vector<evidence::Withheld>& withheld) {
  if (withheld.empty()) return;
  const Said label = evidence::use_label(use);
  fmt::print(
      context.err, "{}\n",
      context.say({fmt::format("Withheld, since its card does not allow it for {}:", label.en),
                   fmt::format("以下内容未给出，卡片不允许用于{}：", label.zh)}));
  std::vector<std::pair<std::string, std::string>> lines;  // reason, constructs
  for (const evidence::Withheld& one : withheld) {
    const std::string& reason = context.say(one.reason);
    auto line = std::find_if(lines.begin(), lines.end(),
                             [&](const auto& known) { return known.first == reason; });
    if (line == lines.end()) line = lines.insert(lines.end(), {reason, {}});
    line->second +=
        (line->second.empty() ? "" : context.say({", ", "、"})) + context.say(one.label);
  }
  for (const auto& [reason, constructs] : lines) {
    fmt::print(context.err, "  {}{}{}\n", constructs, context.say({": ", "："}), reason);
  }
}

}  // namespace xinjing::cli
