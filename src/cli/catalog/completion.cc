#include "cli/catalog.h"
#include "cli/help.h"

namespace xinjing::cli::catalog {
namespace {

class Completion final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add({.name = "SHELL",
                   .field = &x_shell,
                   .help = {"bash, zsh or fish", "bash、zsh 或 fish"},
                   .required = true,
                   .choices = {"bash", "zsh", "fish"}});
  }
  Result<int> run(const Context& context) override {
    fmt::print(context.out, "{}", completion_script(x_shell));
    return int{kDone};
  }

 private:
  std::string x_shell;
};

}  // namespace

const Entry& completion() {
  static const Entry entry{
      .name = "completion",
      .summary = {"print a completion script for your shell", "输出命令行补全脚本"},
      .details = {"Example: source <(xinjing completion bash)",
                  "示例：source <(xinjing completion bash)"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Completion>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
