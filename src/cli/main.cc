#include <csignal>
#include <cstdlib>

#include "cli/catalog.h"
#include "cli/home.h"

int main(int argc, char** argv) {
  using namespace xinjing;
  std::signal(SIGPIPE, SIG_DFL);
  const std::vector<std::string> words(argv + 1, argv + argc);
  cli::Context context;
  context.lang = cli::lang_from_environment();
  context.home = cli::find_home();
  return cli::run_program(words, context);
}
