#include "sources/zip.h"

#include <zip.h>

#include <array>

namespace xinjing::sources {
namespace {

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Failure damaged(const std::string& place) {
  return fail(ErrorCode::kBadInput, {"the workbook is damaged", "工作簿已损坏"}, place);
}

Failure bomb(const std::string& place) {
  return fail(ErrorCode::kBadInput,
              {"the workbook unpacks to far more than its size; it is not read",
               "工作簿解压后远大于其自身大小，不予读取"},
              place);
}

bool beyond(const UnpackLimits& limits, std::uint64_t unpacked, std::uint64_t packed) {
  return unpacked > limits.most_bytes ||
         (unpacked > limits.free_bytes && unpacked / limits.most_ratio > packed);
}

}  // namespace

struct Zip::Archive {
  std::unique_ptr<zip_t, CloseArchive> handle;
  std::string name;
  UnpackLimits limits;
};

struct ZipEntry::State {
  std::unique_ptr<zip_file_t, CloseFile> file;
  std::string place;
  UnpackLimits limits;
  std::uint64_t packed = 0;
  std::uint64_t stated = 0;  // of the directory: unpacked
  std::uint64_t unpacked = 0;
  std::array<char, 1U << 16> buffer;
};

Zip::Zip(std::unique_ptr<Archive> archive) : x_archive(std::move(archive)) {}
Zip::Zip(Zip&&) noexcept = default;
Zip& Zip::operator=(Zip&&) noexcept = default;
Zip::~Zip() = default;

Result<Zip> Zip::open(std::string_view bytes, std::string name, const UnpackLimits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* handle = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (handle == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return damaged(name);
  }
  auto archive = std::make_unique<Archive>();
  archive->handle.reset(handle);
  archive->name = std::move(name);
  archive->limits = limits;
  return Zip(std::move(archive));
}

bool Zip::has(const std::string& entry) const {
  return zip_name_locate(x_archive->handle.get(), entry.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<ZipEntry> Zip::entry(const std::string& name) const {
  zip_t* archive = x_archive->handle.get();
  const zip_int64_t index = zip_name_locate(archive, name.c_str(), ZIP_FL_NOCASE);
  if (index < 0) {
    return fail(ErrorCode::kNotFound, {"a part of the workbook is missing", "工作簿缺少一个部分"},
                x_archive->name + ":" + name);
  }
  zip_stat_t facts;
  auto state = std::make_shared<ZipEntry::State>();
  state->place = x_archive->name + ":" + name;
  if (zip_stat_index(archive, zip_uint64_t(index), 0, &facts) != 0) return damaged(state->place);
  state->limits = x_archive->limits;
  state->packed = (facts.valid & ZIP_STAT_COMP_SIZE) != 0 ? facts.comp_size : 0;
  state->stated = (facts.valid & ZIP_STAT_SIZE) != 0 ? facts.size : 0;
  if (beyond(state->limits, state->stated, state->packed)) return bomb(state->place);
  state->file.reset(zip_fopen_index(archive, zip_uint64_t(index), 0));
  if (!state->file) return damaged(state->place);
  return ZipEntry(std::move(state));
}

Result<std::string_view> ZipEntry::next() {
  State& state = *x_state;
  const zip_int64_t got = zip_fread(state.file.get(), state.buffer.data(), state.buffer.size());
  if (got < 0) return damaged(state.place);
  state.unpacked += std::uint64_t(got);
  if (state.unpacked > state.stated || beyond(state.limits, state.unpacked, state.packed)) {
    return bomb(state.place);
  }
  return std::string_view(state.buffer.data(), std::size_t(got));
}

}  // namespace xinjing::sources
