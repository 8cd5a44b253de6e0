#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/hash.h"

namespace xinjing::ingest {

/// What a column holds, and how a Cell carries it.
enum class CellType : std::uint8_t {
  kText,     // std::string, UTF-8
  kTime,     // int64: Instant in milliseconds
  kDay,      // int64: Day number
  kNumber,   // double
  kInteger,  // int64
  kMoney,    // int64: ten-thousandths of the currency's unit
  kSpeaker   // int64: Speaker
};

using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;

/// One column of one of the tables a company brings. `aliases` are the header names, Chinese and
/// English, lower case, that are recognised besides `name`.
struct ColumnSpec {
  std::string_view name;
  CellType type = CellType::kText;
  bool required = false;
  bool personal = false;   // identifies a person: kept, never logged
  bool free_text = false;  // redacted before anything else sees it
  std::span<const std::string_view> aliases;
};

/// One of the tables of docs/files.md: customers, identities, messages, orders, events, responses,
/// touchpoints, usage, observations. Every stored table has these columns in this order, after
/// (key_high, key_low, subject, file, line).
struct TableSpec {
  std::string_view name;
  std::span<const ColumnSpec> columns;
  std::span<const std::string_view> key_columns;  // the event id, where the row brings one
};

/// All tables, `customers` first, sorted as above. Static.
std::span<const TableSpec> table_specs();
const TableSpec* find_table(std::string_view name);

/// A row that was read, checked and redacted. `cells` are parallel to the table's columns.
struct Row {
  Hash128 key;          // the event id: rows with equal keys are one event delivered twice
  std::string subject;  // who it is about: "c:<customer>" or "h:<channel>:<handle>", see identity.h
  std::int64_t line = 0;
  std::vector<Cell> cells;
};

}  // namespace xinjing::ingest
