#pragma once

#include <string>
#include <string_view>

namespace xinjing {

/// The language a message is shown in, or a text is written in.
enum class Lang { kZh, kEn };

/// The id used in files and in JSON: "zh" or "en".
constexpr std::string_view lang_id(Lang lang) { return lang == Lang::kZh ? "zh" : "en"; }

/// One sentence, or one label, in both languages of the interface.
struct Said {
  std::string en;
  std::string zh;

  const std::string& in(Lang lang) const { return lang == Lang::kZh ? zh : en; }
  bool operator==(const Said&) const = default;
};

/// Such a sentence where it is known when the program is compiled.
struct Phrase {
  std::string_view en;
  std::string_view zh;

  Said said() const { return {std::string(en), std::string(zh)}; }
};

}  // namespace xinjing
