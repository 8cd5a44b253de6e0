#include "sources/parquet.h"

#include "sources/catalog.h"

namespace xinjing::sources::catalog {
namespace {

constexpr std::string_view kExtensions[] = {".parquet", ".pq"};

int likeness(std::string_view first_bytes) { return first_bytes.starts_with("PAR1") ? 2 : 0; }

Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options) {
  return ParquetSource::open(std::move(content), options);
}

}  // namespace

const Entry& parquet() {
  static const Entry entry{"parquet", {"Parquet", "Parquet"}, kExtensions, likeness, open};
  return entry;
}

}  // namespace xinjing::sources::catalog
