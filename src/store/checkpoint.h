#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duckdb.h"
#include "base/result.h"

// Checkpoints that a kill cannot spoil. The engine (DuckDB 1.5) writes new data to free blocks and
// a new header last, but blocks of metadata that have free parts it writes in place, with a new
// checksum over old and new parts. A process that is killed, or a disk that is full, in the middle
// of such a write leaves a block whose checksum is wrong, and a file that does not open. So the
// blocks that may be written in place are copied into a file beside the database first; if the
// header did not change when the database is opened next, they are put back.
namespace xinjing::store {

/// What a checkpoint may overwrite.
struct CheckpointImage {
  struct Block {
    std::uint64_t offset = 0;
    std::string bytes;
  };
  std::string headers;  // the two that take turns, 4096 bytes each
  std::vector<Block> blocks;

  /// Magic, then sizes and bytes, then a hash of it all. Little-endian.
  std::string written() const;
  /// Nothing if the bytes are not a whole image.
  static std::optional<CheckpointImage> parse(std::string_view bytes);
};

/// Where the image of a database's file is kept: its name and ".checkpoint".
std::filesystem::path checkpoint_image_path(const std::filesystem::path& database);

/// Copies what a checkpoint may overwrite. Cost: the metadata once, about 1 % of the file.
Status save_checkpoint_image(const DuckConnection& connection,
                             const std::filesystem::path& database);

/// Moves the log into the file, with an image beside it for as long as that takes. If it fails the
/// image stays, since blocks may be half-written.
Status checkpoint(const DuckConnection& connection, const std::filesystem::path& database);

/// Takes back a checkpoint that was stopped before its end, and removes the image. Does nothing if
/// there is no image or if another process has the database open. kIo if there is one and it
/// cannot be put back.
Status undo_checkpoint(const std::filesystem::path& database);

}  // namespace xinjing::store
