#include "evidence/pack.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/format.h"
#include "base/toml.h"

namespace xinjing::evidence {
namespace {

constexpr std::array<std::string_view, 6> kKeys = {"id",      "name",   "description",
                                                   "version", "source", "licence"};

Failure refuse(const TomlTable& table, std::string_view key, Said said) {
  return fail(ErrorCode::kBadInput, std::move(said), table.place(key));
}

Result<std::string> text_of(const TomlTable& table, std::string_view key) {
  const std::optional<std::string> value = table.string(key);
  if (value && !value->empty()) return *value;
  return refuse(table, key,
                {fmt::format("'{}' is a text that is not empty", key),
                 fmt::format("“{}”应为非空的文字", key)});
}

Result<Said> pair_of(const TomlTable& table, std::string_view key) {
  const std::optional<TomlTable> pair = table.table(key);
  if (!pair) {
    return refuse(table, key,
                  {fmt::format("'{}' is a pair {{zh, en}}", key),
                   fmt::format("“{}”应为一对 {{zh, en}}", key)});
  }
  Result<std::string> en = text_of(*pair, "en");
  if (!en) return en.failure();
  Result<std::string> zh = text_of(*pair, "zh");
  if (!zh) return zh.failure();
  return Said{.en = std::move(*en), .zh = std::move(*zh)};
}

bool is_id(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Status check_keys(const TomlTable& table) {
  for (const std::string& key : table.keys()) {
    if (std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end()) continue;
    return refuse(table, key,
                  {fmt::format("'{}' is not a key of a pack", key),
                   fmt::format("行业包没有“{}”这个键", key)});
  }
  return {};
}

}  // namespace

Result<PackCard> parse_pack(std::string_view text, std::string_view name) {
  const Result<TomlTable> table = TomlTable::parse(text, std::string(name));
  if (!table) return table.failure();
  if (Status s = check_keys(*table); !s) return s.failure();
  PackCard pack;
  for (const auto& [key, into] : {std::pair("id", &pack.id), std::pair("source", &pack.source),
                                  std::pair("licence", &pack.licence)}) {
    Result<std::string> value = text_of(*table, key);
    if (!value) return value.failure();
    *into = std::move(*value);
  }
  for (const auto& [key, into] :
       {std::pair("name", &pack.name), std::pair("description", &pack.description)}) {
    Result<Said> value = pair_of(*table, key);
    if (!value) return value.failure();
    *into = std::move(*value);
  }
  if (!is_id(pack.id)) {
    return refuse(
        *table, "id",
        {"an id is made of small letters, digits and _", "id 只能由小写字母、数字和 _ 组成"});
  }
  const std::optional<std::int64_t> version = table->integer("version");
  if (!version || *version < 1) {
    return refuse(*table, "version",
                  {"'version' is a whole number from 1 on", "“version”应为不小于 1 的整数"});
  }
  pack.version = *version;
  return pack;
}

}  // namespace xinjing::evidence
