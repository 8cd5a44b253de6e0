#pragma once

// For tests of this room only.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/temporary_folder.h"
#include "ingest/table.h"

namespace xinjing::store {

/// Whether any file of a folder contains the bytes.
inline bool contains_bytes(const std::filesystem::path& folder, std::string_view bytes) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const Result<MappedFile> file = MappedFile::open(entry.path());
    if (file && file->bytes().find(bytes) != std::string_view::npos) return true;
  }
  return false;
}

/// The place of a column in the rows of its table.
inline std::size_t column_of(const ingest::TableSpec& table, std::string_view name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == name) return i;
  }
  XINJING_CHECK(false);
}

inline const ingest::TableSpec& spec_of(std::string_view name) {
  const ingest::TableSpec* table = ingest::find_table(name);
  XINJING_CHECK(table != nullptr);
  return *table;
}

/// What a test says about a message; the rest of its row is made up.
struct TestMessage {
  std::string id;
  std::string text{};
  std::string subject = "c:1";
  std::string conversation{};  // empty: none
  std::string channel{};       // empty: none
  std::int64_t time = 0;       // milliseconds; negative: none
  int speaker = 0;
  std::int64_t line = 0;  // 0: as it is loaded
};

inline ingest::Row row_of(const TestMessage& message, std::int64_t line = 1) {
  const ingest::TableSpec& table = spec_of("messages");
  ingest::Row row{.key = hash128(message.id),
                  .subject = message.subject,
                  .line = message.line > 0 ? message.line : line,
                  .cells = {}};
  row.cells.resize(table.columns.size());
  const auto put = [&](std::string_view name, ingest::Cell cell) {
    row.cells[column_of(table, name)] = std::move(cell);
  };
  put("text", message.text);
  put("speaker", std::int64_t{message.speaker});
  if (!message.conversation.empty()) put("conversation", message.conversation);
  if (!message.channel.empty()) put("channel", message.channel);
  if (message.time >= 0) put("time", message.time);
  return row;
}

}  // namespace xinjing::store
