#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace xinjing::sources {

/// Reads XML from left to right without building a tree: enough for the parts of a workbook.
/// Memory: one tag, or one text of at most `kMaxText` bytes. Document types are refused, so no
/// entity can grow. Names come without their prefix. One thread.
class XmlScanner {
 public:
  static constexpr std::size_t kMaxText = (1U << 20) + 1;  // longer texts are cut to this
  static constexpr std::size_t kMaxTag = 1U << 16;

  enum class Token { kOpen, kClose, kText, kEnd };
  /// Gives the next bytes; empty at the end.
  using Refill = std::function<Result<std::string_view>()>;

  XmlScanner(Refill refill, std::string place)
      : x_refill(std::move(refill)), x_place(std::move(place)) {}

  /// An element without content is opened and then closed.
  Result<Token> next();

  /// Of the element that was opened or closed.
  std::string_view name() const { return x_name; }
  /// Of the element that was opened; empty where it has none.
  std::string_view attribute(std::string_view name) const;
  /// The text between tags, entities resolved.
  const std::string& text() const { return x_text; }

 private:
  Result<bool> has(std::size_t bytes);
  Result<Token> scan_text();
  Result<Token> scan_tag();
  Result<Token> scan_marked();
  Status skip_past(std::string_view end, std::string* kept);
  void read_attributes(std::string_view tag);
  Failure broken() const;

  Refill x_refill;
  std::string x_place;
  std::string x_buffer;
  std::size_t x_at = 0;
  bool x_finished = false;
  bool x_close_next = false;
  std::string x_name;
  std::vector<std::pair<std::string, std::string>> x_attributes;
  std::string x_text;
};

/// `raw` with &amp; and its like, and &#x4E2D; resolved, added to `out`.
void append_unescaped(std::string& out, std::string_view raw);

}  // namespace xinjing::sources
