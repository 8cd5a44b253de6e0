#pragma once

#include <optional>
#include <utility>

#include "language/due_text_zh.h"

// Times of day in Chinese.
namespace xinjing::language {

inline constexpr int kMinutesPerHour = 60;

/// A normalised Chinese text, asked for times of day by places of characters. The text must outlive
/// it. Cost: some tens of comparisons a question.
class DueClockZh : public DueTextZh {
 public:
  struct Clock {
    int minute = 0;
    std::size_t end = 0;
    bool part = false;  // the part of the day is said
  };
  struct Part {
    Text word;
    int minute = 0;  // where no clock is said; -1: an evening
    bool afternoon = false;
  };

  explicit DueClockZh(Text text) : DueTextZh(text) {}

  /// A part of the day, 下午, and where it ends.
  std::optional<std::pair<Part, std::size_t>> part(std::size_t at) const;
  /// 三点, 3点半, 15:30, 下午3点20分, 上午; -1 where only the evening is named.
  std::optional<Clock> clock(std::size_t at) const;
  /// A part of the day with its hour, some words on: 18号给您免费延到下午两点.
  std::optional<Clock> clock_later(std::size_t at) const;
  /// The end of 之前, 以内, ... at a place, behind spaces; 0 where none stands.
  std::size_t past_by(std::size_t at) const;

 private:
  std::optional<Number> minutes_at(std::size_t at) const;
  std::optional<Clock> later_of_range(const Clock& first) const;
};

}  // namespace xinjing::language
