#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {

const Entry* find_detector(std::string_view name) {
  for (const Entry* entry : entries()) {
    if (entry->name == name) return entry;
  }
  return nullptr;
}

}  // namespace xinjing::evidence::catalog
