#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace xinjing::profile {

/// In which languages a customer writes, so that staff can answer in them. Counts are of the
/// customer's messages that have letters.
struct Tongues {
  std::int64_t chinese = 0;
  std::int64_t english = 0;
  std::int64_t mixed = 0;     // code-switching: clauses of both languages in one message
  std::int64_t switches = 0;  // borders between the two within messages
  std::string latest;         // of the newest mixed message, the clause of its lesser language

  std::int64_t messages() const { return chinese + english + mixed; }
  /// Whether more than one language is used.
  bool several() const { return (chinese > 0) + (english > 0) + (mixed > 0) > 1 || mixed > 0; }
};

/// Counts a message. Names, brands, codes and loan words (App, WiFi, VIP) are no switch
/// (docs/methods/stretches.md). Messages are added from the oldest on.
void add_message(std::string_view text, Tongues& tongues);

}  // namespace xinjing::profile
