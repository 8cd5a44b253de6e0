#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace xinjing::ingest {

/// Who said a message. The numbers are stored; do not change them.
enum class Speaker : std::uint8_t { kCustomer = 0, kAgent = 1, kBot = 2 };

constexpr std::string_view speaker_id(Speaker speaker) {
  constexpr std::string_view kIds[] = {"customer", "agent", "bot"};
  return kIds[static_cast<std::size_t>(speaker)];
}

/// From the words companies use in Chinese and English (客户, 用户, 坐席, 客服, 机器人, agent, …).
std::optional<Speaker> speaker_from(std::string_view word);

}  // namespace xinjing::ingest
